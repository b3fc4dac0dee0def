export const SubscriptionSheet = () => null;

export const NotificationsSheet = () => null;

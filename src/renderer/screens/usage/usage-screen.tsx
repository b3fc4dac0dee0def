export const UsageScreen = () => null;

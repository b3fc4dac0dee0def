export const TakeSheet = () => null;

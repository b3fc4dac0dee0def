export const FindSheet = () => null;

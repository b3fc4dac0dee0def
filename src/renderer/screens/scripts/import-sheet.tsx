export const ImportSheet = () => null;

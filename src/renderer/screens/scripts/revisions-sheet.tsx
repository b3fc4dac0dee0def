export const RevisionsSheet = () => null;

export const scripts = {
  renderCommand: 'Render; asks first when it costs credits',
  renderSheetCommand: 'Render with options',
  saveCommand: 'Save now',
  newScript: 'New script',
} as const;

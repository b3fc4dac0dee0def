export const tour = {
  tour: 'First steps',
  stepOf: 'Step {step} of {steps}',
  skip: 'End the tour',
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  scriptTitle: 'A script is plain text',
  scriptWords:
    'Who speaks, what they say, and variables like {{city}}. Type here as you would anywhere; what is wrong is underlined with a way to mend it.',
  variantsTitle: 'A table makes the variants',
  variantsWords:
    'Each row fills the variables once: one ad for one city. Paste rows from a spreadsheet, or drop a CSV here. Lines that sound the same are rendered once.',
  renderTitle: 'Render all of them',
  renderWords:
    'The button says what it will do and what it costs. The sample speaks with Scratch, which works offline and is free.',
  renderNow: 'Render the sample',
  renderRunning: 'Rendering …',
  renderDone: 'All lines are rendered.',
  hearTitle: 'Hear the spot',
  hearWords:
    'All lines of a variant in order, as they will air. The bar below shows the waveform and follows you into every room.',
  hearNow: 'Play the first variant',
} as const;

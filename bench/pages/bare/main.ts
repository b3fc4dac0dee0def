/** What any page of these two libraries costs: a few of the widgets the studio is made of, and nothing else. */
import { createElement as h } from 'react';
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Menu,
  MenuItem,
  Modal,
  Popover,
  SearchField,
  Select,
  SelectValue,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { createRoot } from 'react-dom/client';

const page = h(
  'main',
  { id: 'ready' },
  h(TooltipTrigger, null, h(Button, null, 'Press'), h(Tooltip, null, 'A tip')),
  h(DialogTrigger, null, h(Button, null, 'Open'), h(Modal, null, h(Dialog, { 'aria-label': 'A dialog' }, 'Words'))),
  h(
    Select,
    { 'aria-label': 'Choice' },
    h(Button, null, h(SelectValue)),
    h(Popover, null, h(ListBox, null, h(ListBoxItem, null, 'One'))),
  ),
  h(
    Tabs,
    null,
    h(TabList, { 'aria-label': 'Parts' }, h(Tab, { id: 'a' }, 'A')),
    h(
      TabPanel,
      { id: 'a' },
      h(
        Autocomplete,
        null,
        h(SearchField, { 'aria-label': 'Search' }, h(Input)),
        h(Menu, { 'aria-label': 'Found' }, h(MenuItem, null, 'One')),
      ),
    ),
  ),
);
createRoot(document.getElementById('root') as HTMLElement).render(page);

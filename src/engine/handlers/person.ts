import { AppError } from '#contract/errors.ts';
import { addPerson, countWork, listPeople, removePerson } from '../database/people.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';

export const personHandlers = (
  context: EngineContext,
): Pick<Handlers, 'person.list' | 'person.add' | 'person.remove'> => {
  const { database, clock } = context.ports;
  const me = context.options.person;
  return {
    'person.list': () => {
      const work = countWork(database);
      const names = [me, ...listPeople(database).filter((name) => name !== me)];
      return names.map((name) => ({ name, isMe: name === me, ...(work.get(name) ?? { heard: 0, assigned: 0 }) }));
    },
    'person.add': ({ name }) => {
      database.transaction(() => addPerson(database, name, clock.now()));
      context.publish('person.changed', {});
      return {};
    },
    'person.remove': ({ name }) => {
      if (!database.transaction(() => removePerson(database, name, clock.now())))
        throw new AppError('not_found', `Nobody called ${name} is in the list. Nothing was changed.`);
      context.publish('person.changed', {});
      return {};
    },
  };
};

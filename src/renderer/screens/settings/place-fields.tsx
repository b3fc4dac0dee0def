import type { ProviderOffer } from '../../stores/workspace-store.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';

/** Where a vendor is reached: one of its regions, or an address of one's own. */
export interface Place {
  /** Index among the vendor's hosts; `own`: the address as typed. */
  readonly choice: string;
  readonly url: string;
}
const own = 'own';

const sameUrl = (left: string, right: string): boolean => left.replace(/\/+$/, '') === right.replace(/\/+$/, '');

export const placeOf = (offer: ProviderOffer | undefined, baseUrl: string | null): Place => {
  const hosts = offer?.hosts ?? [];
  if (baseUrl === null) return { choice: hosts.length > 0 ? '0' : own, url: '' };
  const at = hosts.findIndex((host) => sameUrl(host.baseUrl, baseUrl));
  return at >= 0 ? { choice: String(at), url: '' } : { choice: own, url: baseUrl };
};

/** Null: the vendor's default, which is its first region. */
export const baseUrlOf = (offer: ProviderOffer | undefined, { choice, url }: Place): string | null => {
  if (choice === own) return url.trim() === '' ? null : url.trim();
  return choice === '0' ? null : (offer?.hosts[Number(choice)]?.baseUrl ?? null);
};

export const PlaceFields = ({
  offer,
  place,
  onChange,
}: {
  readonly offer: ProviderOffer | undefined;
  readonly place: Place;
  readonly onChange: (place: Place) => void;
}) => {
  const hosts = offer?.hosts ?? [];
  const t = wordsOf('settings');
  return (
    <>
      {hosts.length > 0 && (
        <SelectField
          label={t('region')}
          hint={place.choice === own ? undefined : hosts[Number(place.choice)]?.baseUrl}
          value={place.choice}
          onChange={(choice) => onChange({ ...place, choice })}
          options={[
            ...hosts.map(({ label, baseUrl }, at) => ({ id: String(at), label, note: baseUrl })),
            { id: own, label: t('anotherAddress') },
          ]}
        />
      )}
      {place.choice === own && (
        <TextField
          label={t('baseUrl')}
          value={place.url}
          onChange={(url) => onChange({ ...place, url })}
          placeholder={hosts.length > 0 ? t('urlPlaceholder') : t('ownAddress')}
          hint={t('baseUrlHint')}
        />
      )}
    </>
  );
};

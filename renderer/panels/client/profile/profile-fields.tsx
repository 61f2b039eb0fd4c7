import type { ReactNode } from 'react'
import { clientClasses, clientStages } from '../../../../shared/documents/client.ts'
import { utcToZoned, zonedToUtc } from '../../../data/local-time.ts'
import { deskZone } from '../../../ui/format.ts'
import { EntryList } from './entry-list.tsx'
import { fieldNames, type ProfileForm, tagsOf } from './profile-form.ts'

type FieldsProps = { readonly form: ProfileForm; readonly onChange: (part: Partial<ProfileForm>) => void }

type PhoneEntry = ProfileForm['phones'][number]

const phoneKinds: readonly PhoneEntry['kind'][] = ['mobile', 'home', 'work', 'other']
const consentWords = { unknown: 'not asked', given: 'yes', refused: 'no' } as const
const ways = ['phone', 'email', 'messenger', 'letter'] as const
const wayWords = { phone: 'Phone', email: 'E-mail', messenger: 'Messenger', letter: 'Letter' } as const

const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <label className="profile-field">
    <span>{label}</span>
    {children}
  </label>
)

type TextProps = {
  readonly label: string
  readonly value: string
  readonly most: number
  readonly type?: 'text' | 'date' | 'datetime-local'
  readonly hint?: string
  readonly onChange: (value: string) => void
}

const Text = ({ label, value, most, type = 'text', hint, onChange }: TextProps) => (
  <Field label={label}>
    <input
      className="field"
      type={type}
      maxLength={most}
      placeholder={hint}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </Field>
)

type ChoiceProps<V extends string> = {
  readonly label: string
  readonly value: V
  readonly among: readonly V[]
  readonly words?: Readonly<Record<V, string>>
  readonly onChange: (value: V) => void
}

const Choice = <V extends string>({ label, value, among, words, onChange }: ChoiceProps<V>) => (
  <Field label={label}>
    <select className="field" value={value} onChange={(event) => onChange(event.target.value as V)}>
      {among.map((each) => (
        <option key={each} value={each}>
          {words?.[each] ?? each}
        </option>
      ))}
    </select>
  </Field>
)

const Reach = ({ form, onChange }: FieldsProps) => (
  <>
    <EntryList<PhoneEntry>
      label={fieldNames.phones}
      entries={form.phones}
      blank={{ number: '', kind: 'mobile', note: '' }}
      most={20}
      onChange={(phones) => onChange({ phones })}
    >
      {(entry, change, name) => (
        <>
          <input
            className="field"
            type="tel"
            aria-label={name}
            maxLength={40}
            value={entry.number}
            onChange={(event) => change({ number: event.target.value })}
          />
          <select
            className="field"
            aria-label={`${name}, kind`}
            value={entry.kind}
            onChange={(event) => change({ kind: event.target.value as PhoneEntry['kind'] })}
          >
            {phoneKinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        </>
      )}
    </EntryList>
    <EntryList
      label={fieldNames.emails}
      entries={form.emails}
      blank={{ address: '', note: '' }}
      most={20}
      onChange={(emails) => onChange({ emails })}
    >
      {(entry, change, name) => (
        <input
          className="field"
          type="email"
          aria-label={name}
          maxLength={254}
          value={entry.address}
          onChange={(event) => change({ address: event.target.value })}
        />
      )}
    </EntryList>
    <EntryList
      label={fieldNames.messengers}
      entries={form.messengers}
      blank={{ service: '', handle: '' }}
      most={20}
      onChange={(messengers) => onChange({ messengers })}
    >
      {(entry, change, name) => (
        <>
          <input
            className="field"
            aria-label={`${name}, service`}
            placeholder="telegram"
            maxLength={60}
            value={entry.service}
            onChange={(event) => change({ service: event.target.value })}
          />
          <input
            className="field"
            aria-label={name}
            placeholder="@name"
            maxLength={120}
            value={entry.handle}
            onChange={(event) => change({ handle: event.target.value })}
          />
        </>
      )}
    </EntryList>
  </>
)

const ConsentFields = ({ form, onChange }: FieldsProps) => (
  <fieldset className="profile-list">
    <legend>{fieldNames.consents}</legend>
    {ways.map((way) => (
      <Choice<ProfileForm['consents']['phone']>
        key={way}
        label={wayWords[way]}
        value={form.consents[way]}
        among={['unknown', 'given', 'refused']}
        words={consentWords}
        onChange={(value) => onChange({ consents: { ...form.consents, [way]: value } })}
      />
    ))}
  </fieldset>
)

/** The inputs of a client's profile. Times are the desk's. */
export const ProfileFields = ({ form, onChange }: FieldsProps) => {
  const { address } = form
  return (
    <div className="profile-fields">
      <Text label={fieldNames.name} value={form.name} most={200} onChange={(name) => onChange({ name })} />
      <Text
        label={fieldNames.owner}
        value={form.owner}
        most={60}
        hint="nobody yet"
        onChange={(owner) => onChange({ owner })}
      />
      <Choice
        label={fieldNames.stage}
        value={form.stage}
        among={clientStages}
        onChange={(stage) => onChange({ stage })}
      />
      <Choice
        label={fieldNames.class}
        value={form.class}
        among={clientClasses}
        onChange={(value) => onChange({ class: value })}
      />
      <Text
        label={fieldNames.language}
        value={form.language}
        most={8}
        hint="en"
        onChange={(language) => onChange({ language: language.trim().toLowerCase() })}
      />
      <Text
        label={fieldNames.birthDate}
        type="date"
        value={form.birthDate}
        most={10}
        onChange={(birthDate) => onChange({ birthDate })}
      />
      <Text
        label={`${fieldNames.nextContactAt}, desk’s time`}
        type="datetime-local"
        value={form.nextContactAt > 0 ? utcToZoned(form.nextContactAt, deskZone) : ''}
        most={16}
        onChange={(local) => onChange({ nextContactAt: zonedToUtc(local, deskZone) ?? 0 })}
      />
      <Field label={fieldNames.tags}>
        <input
          className="field"
          maxLength={1000}
          placeholder="vip, swap-free"
          defaultValue={form.tags.join(', ')}
          onBlur={(event) => onChange({ tags: tagsOf(event.target.value) })}
        />
      </Field>
      <Text
        label="Street"
        value={address.street}
        most={200}
        onChange={(street) => onChange({ address: { ...address, street } })}
      />
      <Text
        label="Post code"
        value={address.zipCode}
        most={16}
        onChange={(zipCode) => onChange({ address: { ...address, zipCode } })}
      />
      <Text
        label="City"
        value={address.city}
        most={200}
        onChange={(city) => onChange({ address: { ...address, city } })}
      />
      <Reach form={form} onChange={onChange} />
      <ConsentFields form={form} onChange={onChange} />
      <label className="profile-field profile-wide">
        <span>{fieldNames.comment}</span>
        <textarea
          className="field"
          rows={2}
          maxLength={20_000}
          value={form.comment}
          onChange={(event) => onChange({ comment: event.target.value })}
        />
      </label>
    </div>
  )
}

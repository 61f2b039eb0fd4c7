import type { MigrationStrategies, RxJsonSchema } from 'rxdb'
import { z } from 'zod'
import { outgoingCommandSchema } from '../../../shared/outbox/outgoing.ts'

/** Commands that this very write causes; every write replaces them, the outbox keeps them. */
export const outgoingField = { outgoing: z.array(outgoingCommandSchema).max(100) }

/** What a collection is made of. `migrations[n]` makes a document of version n from one of version n − 1. */
type CollectionDefinition<S extends z.ZodObject, V extends number = number> = {
  readonly schema: S
  readonly version: V
  /** Each list the desk shows has one; the primary key ends every index by itself. */
  readonly indexes: readonly (readonly (keyof z.infer<S> & string)[])[]
  /** Personal fields, sealed on the disk; none of them can be in an index. */
  readonly sealed: readonly (keyof z.infer<S> & string)[]
  readonly migrations?: MigrationStrategies
}

/** A collection: our schema that judges what is written and read, and RxDB's that the storage works by. */
export type StoredCollection<D> = {
  readonly schema: z.ZodType<D>
  readonly rxSchema: RxJsonSchema<D>
  readonly migrations: MigrationStrategies
}

type Property = { enum?: readonly unknown[]; maxLength?: number }

/** An index needs the greatest length of every text in it, of words to choose from too. */
const withLength = (property: Property): Property =>
  property.enum?.every((each) => typeof each === 'string') === true
    ? { ...property, maxLength: Math.max(...property.enum.map((each) => each.length)) }
    : property

/** RxDB's schema from ours. RxDB forbids the `$schema` mark and wants its own keys beside the properties. */
export const storedCollection = <S extends z.ZodObject>(
  definition: CollectionDefinition<S>,
): StoredCollection<z.infer<S>> => {
  const { schema, version, indexes, sealed, migrations = {} } = definition
  const { $schema: _mark, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' })
  const properties = Object.fromEntries(
    Object.entries(json.properties as Record<string, Property>).map(([name, property]) => [
      name,
      withLength(property),
    ]),
  )
  return {
    schema: schema as unknown as z.ZodType<z.infer<S>>,
    rxSchema: {
      ...json,
      properties,
      version,
      primaryKey: 'id',
      indexes,
      encrypted: sealed,
    } as unknown as RxJsonSchema<z.infer<S>>,
    migrations,
  }
}

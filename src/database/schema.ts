import type pg from 'pg';
import { openClient, type Connection } from './pool.ts';

/**
 * The schema of a database as readable SQL, from the catalogs alone: the same database always gives the same text.
 * It is for reading and for review in a change, not for restoring.
 */
export async function renderSchema(connection: Connection): Promise<string> {
  const client = await openClient(connection);
  try {
    // With an empty path the catalogs' own functions print every name with its schema.
    await client.query(`set search_path = ''`);
    const parts = [
      await lines(client, schemasSql),
      await lines(client, typesSql),
      await lines(client, sequencesSql),
      await lines(client, functionsSql),
      ...(await tables(client)),
      await lines(client, viewsSql),
      await lines(client, triggersSql),
      await lines(client, grantsSql),
    ];
    return `${[heading, ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

const heading = `-- The result of all migrations, rendered by: npm run -s varsam -- schema --write
-- Do not edit; write a migration.`;

const ours = `not like all (array['pg\\_%', 'information_schema'])`;

const schemasSql = `
  select format('create schema %I;', nspname) as line
  from pg_catalog.pg_namespace
  where nspname ${ours} and nspname <> 'public'
  order by nspname`;

const typesSql = `
  select format('create type %I.%I as enum (%s);', n.nspname, t.typname,
    (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
     from pg_catalog.pg_enum e where e.enumtypid = t.oid)) as line
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'e' and n.nspname ${ours}
  order by n.nspname, t.typname`;

/** Sequences of identity columns are part of their column. */
const sequencesSql = `
  select format('create sequence %I.%I;', n.nspname, c.relname) as line
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and n.nspname ${ours}
    and not exists (select 1 from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'i')
  order by n.nspname, c.relname`;

const functionsSql = `
  select pg_catalog.pg_get_functiondef(p.oid) || ';' as line
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where n.nspname ${ours} and p.prokind in ('f', 'p')
    and not exists (select 1 from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)`;

const viewsSql = `
  select format(E'create %sview %I.%I as\\n%s', case c.relkind when 'm' then 'materialized ' else '' end,
    n.nspname, c.relname, pg_catalog.pg_get_viewdef(c.oid, true)) as line
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and n.nspname ${ours}
  order by n.nspname, c.relname`;

const triggersSql = `
  select pg_catalog.pg_get_triggerdef(t.oid) || ';' as line
  from pg_catalog.pg_trigger t
  join pg_catalog.pg_class c on c.oid = t.tgrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and n.nspname ${ours}
  order by n.nspname, c.relname, t.tgname`;

/** What others than the owner may do, on schemas and on tables, views and sequences. */
const grantsSql = `
  select format('grant %s on schema %I to %s;',
    lower(string_agg(a.privilege_type, ', ' order by a.privilege_type)), n.nspname, grantee.name) as line
  from pg_catalog.pg_namespace n
  cross join lateral pg_catalog.aclexplode(n.nspacl) a
  cross join lateral (select case a.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(a.grantee) end as name) grantee
  where a.grantee <> n.nspowner and n.nspname ${ours} and n.nspname <> 'public'
  group by n.nspname, grantee.name
  union all
  select format('grant %s on %s%I.%I to %s;',
    lower(string_agg(a.privilege_type, ', ' order by a.privilege_type)),
    case c.relkind when 'S' then 'sequence ' else '' end, n.nspname, c.relname, grantee.name)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join lateral pg_catalog.aclexplode(c.relacl) a
  cross join lateral (select case a.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(a.grantee) end as name) grantee
  where a.grantee <> c.relowner and n.nspname ${ours}
  group by c.relkind, n.nspname, c.relname, grantee.name
  union all
  select format('grant %s (%s) on %I.%I to %s;', lower(a.privilege_type),
    string_agg(quote_ident(t.attname), ', ' order by t.attnum), n.nspname, c.relname, grantee.name)
  from pg_catalog.pg_attribute t
  join pg_catalog.pg_class c on c.oid = t.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join lateral pg_catalog.aclexplode(t.attacl) a
  cross join lateral (select case a.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(a.grantee) end as name) grantee
  where a.grantee <> c.relowner and n.nspname ${ours}
  group by a.privilege_type, n.nspname, c.relname, grantee.name
  order by line`;

type Table = {
  oid: number;
  name: string;
  parent: string | null;
  bound: string | null;
  partition_key: string | null;
  options: string | null;
  comment: string | null;
};

const tablesSql = `
  select c.oid::integer as oid,
    format('%I.%I', n.nspname, c.relname) as name,
    (select format('%I.%I', pn.nspname, p.relname)
     from pg_catalog.pg_inherits i
     join pg_catalog.pg_class p on p.oid = i.inhparent
     join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
     where i.inhrelid = c.oid) as parent,
    pg_catalog.pg_get_expr(c.relpartbound, c.oid) as bound,
    pg_catalog.pg_get_partkeydef(c.oid) as partition_key,
    array_to_string(c.reloptions, ', ') as options,
    pg_catalog.obj_description(c.oid, 'pg_class') as comment
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname ${ours}
  order by name`;

/** Identity and generated columns are told apart from plain defaults. */
const columnsSql = `
  select format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
    || case when a.attnotnull then ' not null' else '' end
    || case
      when a.attidentity <> '' then format(' generated %s as identity',
        case a.attidentity when 'a' then 'always' else 'by default' end)
      when a.attgenerated <> '' then format(' generated always as (%s) %s',
        pg_catalog.pg_get_expr(d.adbin, d.adrelid),
        case a.attgenerated when 's' then 'stored' else 'virtual' end)
      when d.adbin is not null then ' default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
      else '' end as line
  from pg_catalog.pg_attribute a
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** Primary key first, then unique, foreign keys and checks; "not null" stands with the columns. */
const constraintsSql = `
  select format('constraint %I %s', conname, pg_catalog.pg_get_constraintdef(oid)) as line
  from pg_catalog.pg_constraint
  where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x') and conparentid = 0 and coninhcount = 0
  order by position(contype::text in 'pufxc'), conname`;

const indexesSql = `
  select pg_catalog.pg_get_indexdef(i.indexrelid) || ';' as line
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not c.relispartition
    and not exists (select 1 from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by c.relname`;

/** A target that is not the usual one; zero keeps samples of the column out of the statistics. */
const statisticsSql = `
  select format('alter table %I.%I %s;', n.nspname, c.relname,
    string_agg(format('alter column %I set statistics %s', a.attname, a.attstattarget), ', ' order by a.attnum)) as line
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = $1 and a.attnum > 0 and not a.attisdropped and a.attstattarget >= 0
  group by n.nspname, c.relname`;

async function tables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<Table>(tablesSql);
  const rendered: string[] = [];
  for (const table of rows) rendered.push(await renderTable(client, table));
  return rendered;
}

async function renderTable(client: pg.Client, table: Table): Promise<string> {
  const after = [
    await lines(client, indexesSql, table.oid),
    table.options === null ? '' : `alter table ${table.name} set (${table.options});`,
    await lines(client, statisticsSql, table.oid),
    table.comment === null
      ? ''
      : `comment on table ${table.name} is ${client.escapeLiteral(table.comment)};`,
  ];
  return [await createTable(client, table), ...after].filter((part) => part !== '').join('\n');
}

async function createTable(client: pg.Client, table: Table): Promise<string> {
  // A partition has its parent's columns and constraints; only what it adds is worth a line.
  if (table.parent !== null) {
    return `create table ${table.name} partition of ${table.parent} ${table.bound ?? ''};`;
  }
  const body = [
    await lines(client, columnsSql, table.oid, ',\n  '),
    await lines(client, constraintsSql, table.oid, ',\n  '),
  ];
  const key = table.partition_key === null ? '' : ` partition by ${table.partition_key}`;
  const inside = body.filter((part) => part !== '').join(',\n  ');
  return `create table ${table.name} (\n  ${inside}\n)${key};`;
}

async function lines(
  client: pg.Client,
  sql: string,
  oid?: number,
  separator = '\n',
): Promise<string> {
  const { rows } = await client.query<{ line: string }>(sql, oid === undefined ? [] : [oid]);
  return rows.map(({ line }) => line).join(separator);
}

-- Tags: @pii category=… on_erase=delete|anonymise|keep. A column without a tag holds no personal data.

create table organisations (
  id uuid primary key,
  name text not null,
  name_fold text not null unique,
  created_at timestamptz not null
);

create table people (
  id uuid primary key,
  email text not null,                 -- @pii category=contact on_erase=delete
  email_key text not null unique,      -- @pii category=contact on_erase=delete
  name text not null,                  -- @pii category=identity on_erase=delete
  password_hash text not null,         -- @pii category=secret on_erase=delete
  language text not null check (language in ('az', 'en', 'ru')),
  time_zone text not null,
  admin boolean not null default false,
  disabled_at timestamptz,
  registered_at timestamptz not null,
  organisation_id uuid references organisations,  -- @pii category=profile on_erase=delete
  region text,                         -- @pii category=profile on_erase=anonymise
  sector text,                         -- @pii category=profile on_erase=anonymise
  sex text check (sex in ('female', 'male')),     -- @pii category=profile on_erase=anonymise
  birth_year smallint check (birth_year between 1900 and 2100), -- @pii category=profile on_erase=anonymise
  profile_consent_at timestamptz
);

create index people_by_name on people (name, id);
create index people_by_registration on people (registered_at);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,    -- SHA-256 of a 256-bit token that only the device has
  person_id uuid not null references people on delete cascade,
  kind text not null check (kind in ('web', 'api')),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  device text not null                 -- @pii category=technical on_erase=delete
);

create index sessions_by_person on sessions (person_id, seen_at desc);

create table sign_in_failures (
  key bytea primary key,               -- SHA-256 of what is throttled: an address or a network
  failures integer not null,
  since timestamptz not null
);

create table one_time_links (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('first-admin', 'reset')),
  person_id uuid references people on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

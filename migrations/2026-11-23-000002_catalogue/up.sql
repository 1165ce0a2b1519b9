create table courses (
  id uuid primary key,
  slug text not null unique,
  version_id uuid,                     -- the version that is shown; set in the transaction that publishes it
  published_at timestamptz not null
);

create table course_versions (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  number integer not null,
  content_hash text not null,          -- SHA-256 over the folder: the same text is the same version
  card text not null,                  -- JSON of what the catalogue shows
  document text not null,              -- JSON of the compiled course
  published_at timestamptz not null,
  unique (course_id, number),
  unique (course_id, content_hash)
);

create table blobs (
  hash text primary key,               -- SHA-256 of the bytes
  bytes bytea not null
);

create table version_files (
  version_id uuid not null references course_versions on delete cascade,
  path text not null,
  hash text not null references blobs,
  primary key (version_id, path)
);

create index version_files_by_hash on version_files (hash);

create table course_trainers (
  course_id uuid not null references courses on delete cascade,
  person_id uuid not null references people on delete cascade,
  added_at timestamptz not null,
  primary key (course_id, person_id)
);

create index course_trainers_by_person on course_trainers (person_id);

create table library_state (
  one boolean primary key default true check (one),
  revision bigint not null             -- rises with every publication, so that every node notices
);

insert into library_state (revision) values (0);

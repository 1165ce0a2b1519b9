create table attempts (
  id uuid primary key,
  enrolment_id uuid not null references enrolments on delete cascade,
  person_id uuid not null references people on delete cascade,
  course_id uuid not null references courses on delete cascade,
  version_id uuid not null references course_versions,
  lesson text not null,
  quiz text not null,
  number integer not null,
  practice boolean not null,
  seed bytea not null,
  paper text not null,                 -- JSON of the slots as drawn: item, version, marks, option order
  state text not null check (state in ('open', 'finished')),
  started_at timestamptz not null,
  deadline timestamptz,
  finished_at timestamptz,
  raw bigint,                          -- marks in units of 1e-7
  max bigint,
  passed boolean,
  unique (enrolment_id, quiz, number)
);

create unique index attempts_one_open on attempts (enrolment_id, quiz) where state = 'open';
create index attempts_due on attempts (deadline) where state = 'open' and deadline is not null;
create index attempts_by_course on attempts (course_id, quiz) where state = 'finished';
create index attempts_by_person on attempts (person_id);

-- What happened, append-only. Marks are a pure fold over these rows.
create table attempt_events (
  attempt_id uuid not null references attempts on delete cascade,
  seq integer not null,
  at timestamptz not null,
  kind text not null check (kind in ('start', 'save', 'check', 'finish')),
  slot smallint,
  response text,                       -- @pii category=answers on_erase=delete
  primary key (attempt_id, seq)
);

-- The latest answer of each slot, overwritten by each save.
create table saved_answers (
  attempt_id uuid not null references attempts on delete cascade,
  slot smallint not null,
  rev integer not null,
  response text not null,              -- @pii category=answers on_erase=delete
  saved_at timestamptz not null,
  op uuid not null,                    -- the client's id of the write that made this row
  primary key (attempt_id, slot)
);

-- Marks per slot of a finished attempt, a cache for statistics.
create table slot_marks (
  attempt_id uuid not null references attempts on delete cascade,
  slot smallint not null,
  item text not null,
  item_version text not null,
  fraction bigint not null,
  marks bigint not null,
  of bigint not null,
  verdict text not null,
  primary key (attempt_id, slot)
);

create index slot_marks_by_item on slot_marks (item, item_version);

-- The reply to a write that carried a key: the same key gets the same reply.
create table replies (
  person_id uuid not null references people on delete cascade,
  key uuid not null,
  action text not null,
  reply text not null,
  at timestamptz not null,
  primary key (person_id, key)
);

create index replies_by_age on replies (at);

-- More can happen in an attempt: the learner says how sure an answer is, time is added.
alter table attempt_events add column detail text;  -- JSON of what is neither an answer nor a time
alter table saved_answers add column sure text check (sure in ('low', 'mid', 'high'));

-- What happens when the time is over, as it was when the attempt started.
alter table attempts add column overdue text not null default 'submit' check (overdue in ('submit', 'grace', 'abandon'));
alter table attempts add column grace integer not null default 0;       -- seconds in which it may still be handed in
alter table attempts add column given_back integer not null default 0;  -- seconds, because the platform was not there
alter table attempts drop constraint attempts_state_check;
alter table attempts add constraint attempts_state_check check (state in ('open', 'finished', 'abandoned'));

-- What trainers set for a quiz, for everyone or for one person. Append-only: the latest row of each holds as a whole.
create table quiz_terms (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  quiz text not null,
  scope text not null check (scope in ('everyone', 'person')),
  person_id uuid references people on delete cascade,
  open_at timestamptz,
  close_at timestamptz,
  time integer,                        -- seconds for one attempt, 0 is no limit
  attempts integer,                    -- 0 is no limit
  password text,                       -- its hash
  reason text not null,                -- @pii category=reasons on_erase=delete
  by_id uuid references people on delete set null,
  at timestamptz not null,
  check ((scope = 'person') = (person_id is not null))
);

create index quiz_terms_latest on quiz_terms (course_id, quiz, at desc);
create index quiz_terms_by_person on quiz_terms (person_id);

-- When the platform was last known to work. What is missing between two beats is given back to open attempts.
create table pulse (
  id boolean primary key default true check (id),
  at timestamptz not null
);

create table outages (
  id uuid primary key,
  since timestamptz not null,
  until timestamptz not null,
  attempts integer not null            -- how many got their time back
);

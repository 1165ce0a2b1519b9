create table enrolments (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  course_id uuid not null references courses on delete cascade,
  language text not null check (language in ('az', 'en', 'ru')),
  enrolled_at timestamptz not null,
  started_at timestamptz,              -- the first lesson was opened
  halfway_at timestamptz,
  completed_at timestamptz,
  percent smallint not null default 0 check (percent between 0 and 100),
  last_lesson text,                    -- where to resume
  last_at timestamptz,
  unique (person_id, course_id)
);

create index enrolments_by_course on enrolments (course_id, enrolled_at);

create table lesson_progress (
  enrolment_id uuid not null references enrolments on delete cascade,
  lesson text not null,
  viewed_at timestamptz not null,
  marked_at timestamptz,               -- the learner called it done
  primary key (enrolment_id, lesson)
);

create table journal (
  id uuid primary key,
  at timestamptz not null,
  person_id uuid references people on delete set null,
  verb text not null,
  course_id uuid,
  object text not null,                -- lesson, quiz or attempt
  detail text not null default ''      -- JSON, never personal
);

create index journal_by_person on journal (person_id, at);
create index journal_by_course on journal (course_id, at);

-- What a learner reached in each quiz: the facts on which completion rests.
create table quiz_grades (
  enrolment_id uuid not null references enrolments on delete cascade,
  quiz text not null,
  fraction bigint,                     -- in units of 1e-7; null while only practice was answered
  passed boolean not null,
  answered boolean not null,           -- every question at least once
  attempts integer not null,
  graded_at timestamptz not null,
  primary key (enrolment_id, quiz)
);

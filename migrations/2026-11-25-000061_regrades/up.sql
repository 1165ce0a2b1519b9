-- Decisions about answers that were judged by an earlier key. Each is applied as a whole and can be taken back as a whole.
create table regrades (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  version_id uuid not null references course_versions, -- whose keys judge
  at timestamptz not null,
  actor uuid references people on delete set null,
  reason text not null,                -- read by learners
  answers integer not null,            -- looked at
  raised integer not null,
  lowered integer not null,
  other integer not null,              -- count for something else than before
  gained integer not null,             -- people who reach a pass mark by it
  lost integer not null,               -- people who would not reach it any more; they keep their pass
  taken_back_at timestamptz,
  taken_back_by uuid references people on delete set null,
  taken_back_reason text
);

create index regrades_by_course on regrades (course_id, at);

-- What was decided about each question.
create table regrade_items (
  regrade_id uuid not null references regrades on delete cascade,
  root text not null,                  -- the first id that the question ever had
  item text not null,                  -- the id it has now, or had last
  now_hash text,                       -- of the key that judges; null when the question was taken out
  change text not null check (change in ('text', 'marks', 'structure', 'gone')),
  policy text not null check (policy in ('keep-best', 'recompute', 'full-marks', 'void', 'none')),
  answers integer not null,            -- that it decided about
  primary key (regrade_id, root)
);

-- The grades that changed, as they were and as they became.
create table regrade_grades (
  regrade_id uuid not null references regrades on delete cascade,
  enrolment_id uuid not null references enrolments on delete cascade,
  quiz text not null,
  before bigint,
  after bigint,
  passed_before boolean not null,
  passed_after boolean not null,
  primary key (regrade_id, enrolment_id, quiz)
);

create index regrade_grades_by_enrolment on regrade_grades (enrolment_id);

-- Few events are regrades; learners are told of them on pages that many open.
create index attempt_events_regrades on attempt_events (attempt_id, at) where kind = 'regrade';
create index attempt_events_by_regrade on attempt_events (op) where kind = 'regrade';

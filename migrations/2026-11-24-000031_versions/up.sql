-- The versions of each question, so that results can name "v3". A question taken out is retired, never deleted.
create table item_versions (
  course_id uuid not null references courses on delete cascade,
  item text not null,
  scoring_hash text not null,          -- of what decides marks, as attempts keep it
  root text not null,                  -- the first id that the question had; a rename keeps it
  number integer not null,             -- 1, 2, …; rises when what decides marks changes
  wording_hash text not null,          -- of the last revision
  first_version uuid not null references course_versions on delete cascade,
  last_version uuid not null references course_versions on delete cascade, -- where it was last seen
  retired_at timestamptz,
  primary key (course_id, item, scoring_hash)
);

insert into item_versions (course_id, item, scoring_hash, root, number, wording_hash, first_version, last_version, retired_at)
with seen as (
  select v.course_id, v.id as version_id, v.number, i ->> 'id' as item, i ->> 'scoring_hash' as scoring_hash,
    i ->> 'wording_hash' as wording_hash
  from course_versions v, jsonb_path_query(v.document::jsonb, '$.modules[*].lessons[*].quizzes[*].items[*]') i),
spans as (
  select course_id, item, scoring_hash, min(number) as since,
    (array_agg(version_id order by number))[1] as first_version,
    (array_agg(version_id order by number desc))[1] as last_version,
    (array_agg(wording_hash order by number desc))[1] as wording_hash
  from seen group by course_id, item, scoring_hash)
select s.course_id, s.item, s.scoring_hash, s.item,
  row_number() over (partition by s.course_id, s.item order by s.since), s.wording_hash, s.first_version, s.last_version,
  case when exists (select from seen n join courses c on c.version_id = n.version_id
      where n.course_id = s.course_id and n.item = s.item and n.scoring_hash = s.scoring_hash)
    then null else (select published_at from courses where id = s.course_id) end
from spans s;

-- Completion is kept whatever a later version asks for, and what was read is known by its version.
alter table enrolments add column completed_version uuid references course_versions; -- shown when the course was completed
alter table lesson_progress add column done_at timestamptz;  -- complete by the rules of that time
alter table lesson_progress add column seen_version uuid;    -- the version of the course in which it was last opened

update enrolments e set completed_version = coalesce(
  (select v.id from course_versions v where v.course_id = e.course_id and v.published_at <= e.completed_at
   order by v.number desc limit 1),
  (select v.id from course_versions v where v.course_id = e.course_id order by v.number limit 1))
where completed_at is not null;

update lesson_progress p set seen_version = coalesce(
  (select v.id from course_versions v where v.course_id = e.course_id
     and v.published_at <= greatest(p.viewed_at, p.marked_at) order by v.number desc limit 1),
  (select v.id from course_versions v where v.course_id = e.course_id order by v.number limit 1))
from enrolments e where e.id = p.enrolment_id;

with lessons as (
  select c.id as course_id, l ->> 'id' as lesson, l ->> 'complete' as rule,
    coalesce((select array_agg(q ->> 'id') from jsonb_array_elements(l -> 'quizzes') q
      where q -> 'rules' ->> 'draft' is distinct from 'true' and q -> 'rules' ->> 'pass' is not null), '{}') as graded,
    coalesce((select array_agg(q ->> 'id') from jsonb_array_elements(l -> 'quizzes') q
      where q -> 'rules' ->> 'draft' is distinct from 'true' and q -> 'rules' ->> 'pass' is null), '{}') as practice
  from courses c join course_versions v on v.id = c.version_id,
    jsonb_path_query(v.document::jsonb, '$.modules[*].lessons[*]') l)
update lesson_progress p set done_at = coalesce(p.marked_at,
  (select max(g.graded_at) from quiz_grades g where g.enrolment_id = p.enrolment_id and g.quiz = any(l.graded || l.practice)),
  p.viewed_at)
from enrolments e, lessons l
where e.id = p.enrolment_id and l.course_id = e.course_id and l.lesson = p.lesson and case l.rule
  when 'viewed' then true
  when 'marked' then p.marked_at is not null
  when 'quiz' then
    not exists (select from unnest(l.graded) q where not exists (
      select from quiz_grades g where g.enrolment_id = e.id and g.quiz = q and g.passed))
    and not exists (select from unnest(l.practice) q where not exists (
      select from quiz_grades g where g.enrolment_id = e.id and g.quiz = q and g.answered))
  else false end;

-- Judgements by people are events too. The kinds of event are those of the rules, not of the table.
alter table attempt_events drop constraint attempt_events_kind_check;
alter table attempt_events add constraint attempt_events_kind_check check (kind in
  ('start', 'save', 'check', 'flag', 'finish', 'aside', 'late', 'sure', 'extend', 'comment', 'mark', 'release', 'regrade', 'void', 'reopen'));
alter table attempt_events add column actor uuid references people on delete set null; -- who judged
alter table attempt_events add column mark text;  -- JSON of the judgement -- @pii category=answers on_erase=delete

create index attempt_events_by_actor on attempt_events (actor) where actor is not null;

-- Answers that wait for a person are few among many.
create index slot_marks_waiting on slot_marks (attempt_id, slot) where verdict = 'waiting';

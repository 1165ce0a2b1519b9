drop index slot_marks_waiting;
drop index attempt_events_by_actor;
delete from attempt_events where kind not in ('start', 'save', 'check', 'finish', 'aside');
alter table attempt_events drop column mark;
alter table attempt_events drop column actor;
alter table attempt_events drop constraint attempt_events_kind_check;
alter table attempt_events add constraint attempt_events_kind_check check (kind in ('start', 'save', 'check', 'finish', 'aside'));

drop table replies;
drop table slot_marks;
drop table saved_answers;
drop table attempt_events;
drop table attempts;

alter table lesson_progress drop column seen_version;
alter table lesson_progress drop column done_at;
alter table enrolments drop column completed_version;
drop table item_versions;

drop table library_state;
drop table course_trainers;
drop table version_files;
drop table blobs;
drop table course_versions;
drop table courses;

drop table quiz_grades;
drop table journal;
drop table lesson_progress;
drop table enrolments;

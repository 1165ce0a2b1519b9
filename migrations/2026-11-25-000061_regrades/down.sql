drop index attempt_events_by_regrade;
drop index attempt_events_regrades;
drop table regrade_grades;
drop table regrade_items;
drop table regrades;

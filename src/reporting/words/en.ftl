### Figures for trainers and administrators.

teach-title = Courses you teach
teach-lead = Learners are active if they did something in the course in the last 30 days.
teach-none-title = You teach no course yet
teach-none-text = An administrator makes you a trainer of a course.
teach-course = Course
teach-learners = Learners
teach-active = Active, 30 days
teach-completed = Completed
teach-rate = Share completed
teach-languages = Languages
teach-questions = Questions
teach-open-questions = See answers
teach-source = source language
teach-done = complete
teach-stale = outdated
teach-missing = missing

learners-title = Learners
learners-search = Name or e-mail
learners-none-title = Nobody takes this course yet
learners-none-text = Learners appear here as soon as they enrol.
learners-unfound-title = Nobody fits this search
learners-unfound-text = Try a part of the name or of the address.
learners-all = Show all learners
learners-from-start = Back to the start of the list
learners-name = Name
learners-email = E-mail
learners-enrolled = Enrolled
learners-progress = Progress
learners-progress-percent = Progress (%)
learners-last = Last activity
learners-completed = Completed
learners-passed = passed
learners-failed = not passed

learner-lessons = Lessons
learner-opened = opened
learner-unread = new or changed since this person passed
learner-unread-all = { $n ->
    [one] { $n } lesson is new or has changed since this person passed. The completion stays.
   *[other] { $n } lessons are new or have changed since this person passed. The completion stays.
}
learner-attempts = Attempts
learner-no-attempts = No attempts yet.
learner-quiz = Test
learner-number = Attempt
learner-started = Started
learner-finished = Finished
learner-mark = Mark
learner-result = Result
learner-open = in progress
learner-practice = practice

questions-title = Questions
questions-lead = The first finished attempt of each learner counts. With fewer than 10 answers nothing can be said.
questions-none-title = This course has no questions
questions-none-text = Questions in lessons and tests appear here.
questions-question = Question
questions-answers = Answers
questions-right = Share right
questions-finding = What it says
questions-few = Too few to judge
questions-hard = Hard: check the lesson and the key
questions-easy = Easy: tells little apart
questions-fair = Works
questions-quizzes = The quizzes as a whole
questions-learners = Learners
questions-mean = Mean, marks
questions-consistency = Consistency, %
questions-error = Error of one result, marks
questions-discrimination = Discrimination
questions-how = How to read these figures
questions-how-text = Discrimination is the correlation of the marks for a question with the marks for all others, from −100 to 100: above 30 is good, below 15 tells strong and weak learners hardly apart, below 0 is a reason to check the key. Consistency (Cronbach’s alpha) says how far the questions measure the same; it is not defined where learners were asked different questions. With fewer than 30 learners take all of it as a first impression.
questions-check-key = Strong learners do worse than weak ones: check the key
questions-tells-little = Tells strong and weak learners hardly apart
questions-better-option = Strong learners prefer “{ $option }” to the right answer: check the key
questions-idle-option = Hardly anybody chooses “{ $option }”
questions-earlier = earlier version
questions-options = How often each option was chosen

admin-overview = Overview
admin-people = People
admin-active = Active, 30 days
admin-courses = Courses
admin-completed = Completions
admin-troubles = What needs attention
admin-no-troubles = Nothing needs attention.
admin-missing = Missing languages: { $languages }.
admin-behind = Translations to bring up to date: { $languages }.
admin-draft = Draft, learners do not see it.
admin-no-trainer = No trainer.

completion-title = Completion
completion-from = From
completion-to = To
completion-course = Course
completion-by = Break down by
completion-all-courses = All courses
completion-by-month = Month of enrolment
completion-by-course = Course
completion-by-region = Region
completion-by-sex = Sex
completion-by-age = Age
completion-by-organisation = Organisation
completion-by-sector = Sector
completion-by-language = Language
completion-title-month = Share completed by month of enrolment
completion-title-course = Share completed by course
completion-title-region = Share completed by region
completion-title-sex = Share completed by sex
completion-title-age = Share completed by age
completion-title-organisation = Share completed by organisation
completion-title-sector = Share completed by sector
completion-title-language = Share completed by language
completion-registrations = Joined the site
completion-registered = Enrolled
completion-started = Started
completion-halfway = Half-way
completion-completed = Completed
completion-path = The learner’s path
completion-table = The same as a table
completion-total = All
completion-hidden = hidden
completion-n-hidden = { $n ->
    [one] { $n } group is hidden.
   *[other] { $n } groups are hidden.
}
completion-finding-start = Most people are lost before the first lesson.
completion-finding-first = Most people are lost in the first half of a course.
completion-finding-second = Most people are lost in the second half of a course.
completion-finding-none = Nobody is lost on the way.
completion-finding-few = There are too few people to say more.
completion-finding-best = Completes most often: { $group }, { $percent }.
completion-privacy-short = Groups of fewer than 10 people are hidden.
completion-counting = How the figures are counted
completion-rule = Each person once, in the month of their first enrolment in the chosen courses, with the furthest stage reached in them by now. Started: opened a lesson. Half-way: half of what the course asks for. By course, a person stands in each of their courses. Age is this year less the year of birth.
completion-privacy = How privacy is kept: a figure is hidden if it, or the people lost since the stage before, are 1 to 9, or if such a figure could be worked out from others. The next smallest group is then hidden too. A period or a course is only shown if it differs by nobody or by at least 10 people from the others that can be chosen.

age-to-17 = Under 18
age-18-24 = 18–24
age-25-34 = 25–34
age-35-44 = 35–44
age-45-54 = 45–54
age-55-64 = 55–64
age-from-65 = 65 and over

people-title = People
people-role = Role
people-role-admin = Administrator
people-role-trainer = Trainer
people-role-learner = Learner
people-state = State
people-state-active = Active
people-state-disabled = Disabled
people-all = All
people-show-all = Show all people
people-since = Joined

person-saved = The change is saved.
person-last-admin = This is the last administrator. Make somebody else an administrator first.
person-self = You cannot disable your own account. Another administrator can do it.
person-no-course = There is no such course. Choose one from the list.
person-teaches = Trainer of courses
person-teaches-none = Teaches no course.
person-trainer-course = Course
person-trainer-give = Make trainer
person-trainer-take = Remove
person-admin-text = Administrators see all people and figures and give roles.
person-admin-give = Make administrator
person-admin-take = Take the role away
person-reset-title = New password
person-reset-text = Makes a link with which this person sets a new password. It works once, for 24 hours. Earlier links end.
person-reset-button = Make link
person-link-title = The link is ready.
person-link-text = Hand it over yourself. It is shown only now.
person-link-label = Link to set a new password
person-access-title = Access
person-access-text = A disabled account cannot sign in. Its sessions end at once, its results stay.
person-access-close = Disable account
person-access-open = Enable account
translations-title = Translations
translations-lead = Each paragraph of a translation is followed to the paragraph it was made from. Open a lesson to see what is behind.
translations-lesson = Lesson
translations-source = original
translations-none = missing
translations-done = done
translations-unknown = behind
translations-count = { $done } of { $of } blocks
translations-n-stale = { $n ->
    [one] 1 changed
   *[other] { $n } changed
}
translations-n-missing = { $n ->
    [one] 1 missing
   *[other] { $n } missing
}
translations-n-obsolete = { $n ->
    [one] 1 left over
   *[other] { $n } left over
}
translations-state = State
translations-original = Original
translations-translation = Translation
translations-stale = The original has changed
translations-missing = Not translated
translations-obsolete = No longer in the original
translations-nothing = Every block says what the original says.
translations-no-text = The lesson is not in this language yet.
translations-no-others = This course is in one language only.
learner-terms = Other times and attempts for this learner
teach-marking = Marking
teach-open-marking = Nothing waits
teach-waiting = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
}
learner-waiting = waits for marking

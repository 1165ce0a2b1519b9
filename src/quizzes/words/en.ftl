### Taking quizzes.

quiz-not-enrolled = Join the course to answer. It is free.
quiz-not-open-yet = This quiz is not open yet.
quiz-closed = This quiz has closed.
quiz-no-attempts-left = All attempts are used. Your result stays as it is.
quiz-finished-already = This attempt is finished. Your answers cannot be changed any more.
quiz-time-up = Time is up. The answers saved in time were handed in.
quiz-not-finished = The result is shown when the attempt is finished.

quiz-n-questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
quiz-n-minutes = { $n ->
    [one] Time: { $n } minute
   *[other] Time: { $n } minutes
}
quiz-no-time-limit = No time limit
quiz-pass-mark = Pass mark: { $pass }
quiz-attempts-left = Attempts left: { $n }
quiz-attempts-unlimited = As many attempts as you like
quiz-best-counts = The best attempt counts
quiz-last-counts = The last attempt counts
quiz-average-counts = The average of all attempts counts
quiz-best-result = Your best result: { $share }
quiz-start = Start the quiz
quiz-start-again = Start a new attempt
quiz-resume = Continue the attempt
quiz-last-result = See the last result

quiz-attempt-number = Attempt { $number }.
quiz-question-of = Question { $number } of { $of }
quiz-question = Question { $number }
quiz-marks = Marks: { $marks }
quiz-marks-of = Marks: { $marks } of { $of }
quiz-questions = Questions
quiz-answered = answered
quiz-not-answered = Not answered yet
quiz-saving-note = You can leave this page and continue on another device. Saved answers stay.
quiz-save-answers = Save answers
quiz-answers-saved = Your answers are saved.
quiz-finish = Hand in
quiz-back-to-lesson = Back to the lesson
quiz-back-to-questions = Back to the questions

quiz-blank-count = { $n ->
    [one] { $n } question has no answer:
   *[other] { $n } questions have no answer:
}
finish-title = Hand in your answers
finish-all-answered = Every question has an answer.
finish-final = After you hand in, answers cannot be changed.

compare-title = Two answers to the same question
compare-lead = This page was opened before the saved answer changed in another tab or on another device. Choose which answer to keep.
compare-mine = Your answer on this page
compare-other = The saved answer, { $at }
compare-keep = Keep the chosen answers

review-title = Result: { $quiz }
review-passed = Passed
review-not-passed = Not passed yet
review-finished = Handed in: { $at }
quiz-answers-hidden = Right answers are shown after you pass or when no attempts are left.
quiz-review-hidden = Questions and answers of this quiz are not shown.

practice-blank = Give an answer first, then check it.
practice-join = Join the course to check your answers.
practice-join-link = Open the course page
quiz-locked = This test is not open yet. The page of its lesson says what opens it.
quiz-other-form = You get the other form of this test. It is linked on the course page.

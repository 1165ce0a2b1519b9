### Тесты.

quiz-not-enrolled = Чтобы отвечать, запишитесь на курс. Он бесплатный.
quiz-not-open-yet = Этот тест ещё не открыт.
quiz-closed = Этот тест закрыт.
quiz-no-attempts-left = Все попытки использованы. Ваш результат сохраняется.
quiz-finished-already = Эта попытка завершена. Ответы больше нельзя изменить.
quiz-time-up = Время вышло. Ответы, сохранённые вовремя, сданы.
quiz-not-finished = Результат появится, когда попытка завершится.

quiz-n-questions = { $n ->
    [one] { $n } вопрос
    [few] { $n } вопроса
   *[other] { $n } вопросов
}
quiz-n-minutes = { $n ->
    [one] Время: { $n } минута
    [few] Время: { $n } минуты
   *[other] Время: { $n } минут
}
quiz-no-time-limit = Без ограничения времени
quiz-pass-mark = Проходной балл: { $pass }
quiz-attempts-left = Осталось попыток: { $n }
quiz-attempts-unlimited = Число попыток не ограничено
quiz-best-counts = Учитывается лучшая попытка
quiz-last-counts = Учитывается последняя попытка
quiz-average-counts = Учитывается среднее по всем попыткам
quiz-best-result = Ваш лучший результат: { $share }
quiz-start = Начать тест
quiz-start-again = Начать новую попытку
quiz-resume = Продолжить попытку
quiz-last-result = Посмотреть последний результат

quiz-attempt-number = Попытка { $number }.
quiz-question-of = Вопрос { $number } из { $of }
quiz-question = Вопрос { $number }
quiz-marks = Баллы: { $marks }
quiz-marks-of = Баллы: { $marks } из { $of }
quiz-questions = Вопросы
quiz-answered = ответ дан
quiz-not-answered = Ответа ещё нет
quiz-saving-note = Можно закрыть страницу и продолжить на другом устройстве. Сохранённые ответы не пропадут.
quiz-save-answers = Сохранить ответы
quiz-answers-saved = Ваши ответы сохранены.
quiz-finish = Сдать
quiz-back-to-lesson = Вернуться к уроку
quiz-back-to-questions = Вернуться к вопросам

quiz-blank-count = { $n ->
    [one] Без ответа { $n } вопрос:
    [few] Без ответа { $n } вопроса:
   *[other] Без ответа { $n } вопросов:
}
finish-title = Сдать ответы
finish-all-answered = На все вопросы есть ответы.
finish-final = После сдачи ответы нельзя изменить.

compare-title = Два ответа на один вопрос
compare-lead = После открытия этой страницы сохранённый ответ изменился в другой вкладке или на другом устройстве. Выберите, какой ответ оставить.
compare-mine = Ваш ответ на этой странице
compare-other = Сохранённый ответ, { $at }
compare-keep = Сохранить выбранные ответы

review-title = Результат: { $quiz }
review-passed = Сдан
review-not-passed = Пока не сдан
review-finished = Сдано: { $at }
quiz-answers-hidden = Верные ответы появятся, когда вы сдадите тест или попытки закончатся.
quiz-review-hidden = Вопросы и ответы этого теста не показываются.

practice-blank = Сначала дайте ответ, потом проверьте его.
practice-join = Чтобы проверять ответы, запишитесь на курс.
practice-join-link = Открыть страницу курса
quiz-locked = Этот тест ещё не открыт. Что его откроет, сказано на странице урока.
quiz-other-form = Вам предназначен другой вариант этого теста. Ссылка есть на странице курса.

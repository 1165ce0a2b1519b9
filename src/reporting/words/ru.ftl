### Показатели для тренеров и администраторов.

teach-title = Курсы, которые вы ведёте
teach-lead = Активен тот, кто что-то делал в курсе за последние 30 дней.
teach-none-title = Вы пока не ведёте курсов
teach-none-text = Тренером курса вас назначает администратор.
teach-course = Курс
teach-learners = Слушатели
teach-active = Активны, 30 дней
teach-completed = Завершили
teach-rate = Доля завершивших
teach-languages = Языки
teach-questions = Вопросы
teach-open-questions = Смотреть ответы
teach-source = исходный язык
teach-done = готово
teach-stale = устарел
teach-missing = нет

learners-title = Слушатели
learners-search = Имя или эл. почта
learners-none-title = На этот курс ещё никто не записался
learners-none-text = Слушатели появятся здесь, как только запишутся.
learners-unfound-title = Никто не найден
learners-unfound-text = Введите часть имени или адреса.
learners-all = Показать всех слушателей
learners-from-start = К началу списка
learners-name = Имя
learners-email = Эл. почта
learners-enrolled = Запись на курс
learners-progress = Прогресс
learners-progress-percent = Прогресс (%)
learners-last = Последнее действие
learners-completed = Завершение
learners-passed = сдан
learners-failed = не сдан

learner-lessons = Уроки
learner-opened = открыт
learner-unread = добавлен или изменён после прохождения
learner-unread-all = { $n ->
    [one] { $n } урок добавлен или изменён после того, как этот человек прошёл курс. Прохождение остаётся.
    [few] { $n } урока добавлены или изменены после того, как этот человек прошёл курс. Прохождение остаётся.
   *[many] { $n } уроков добавлены или изменены после того, как этот человек прошёл курс. Прохождение остаётся.
}
learner-attempts = Попытки
learner-no-attempts = Попыток пока нет.
learner-quiz = Тест
learner-number = Попытка
learner-started = Начало
learner-finished = Конец
learner-mark = Оценка
learner-result = Итог
learner-open = не окончена
learner-practice = тренировка

questions-title = Вопросы
questions-lead = Учитывается первая законченная попытка каждого слушателя. Если ответов меньше 10, судить рано.
questions-none-title = В этом курсе нет вопросов
questions-none-text = Здесь появятся вопросы уроков и тестов.
questions-question = Вопрос
questions-answers = Ответы
questions-right = Доля верных
questions-finding = О чём это говорит
questions-few = Слишком мало, чтобы судить
questions-hard = Трудный: проверьте урок и верный ответ
questions-easy = Лёгкий: мало что показывает
questions-fair = Работает
questions-quizzes = Тесты в целом
questions-learners = Слушатели
questions-mean = Средний балл
questions-consistency = Согласованность, %
questions-error = Погрешность результата, баллы
questions-discrimination = Различение
questions-how = Как читать эти показатели
questions-how-text = Различение — это корреляция баллов за вопрос с баллами за все остальные, от −100 до 100: выше 30 хорошо, ниже 15 вопрос почти не отличает сильных от слабых, ниже 0 надо проверить верный ответ. Согласованность (альфа Кронбаха) показывает, насколько вопросы измеряют одно и то же; она не определена, если слушателям достались разные вопросы. Если слушателей меньше 30, всё это лишь первое впечатление.
questions-check-key = Сильные отвечают хуже слабых: проверьте верный ответ
questions-tells-little = Почти не отличает сильных от слабых
questions-better-option = Сильные чаще выбирают «{ $option }», чем верный ответ: проверьте верный ответ
questions-idle-option = Вариант «{ $option }» почти никто не выбирает
questions-earlier = прежний вариант
questions-options = Как часто выбирали каждый вариант

admin-overview = Обзор
admin-people = Пользователи
admin-active = Активны, 30 дней
admin-courses = Курсы
admin-completed = Завершения
admin-troubles = Что требует внимания
admin-no-troubles = Ничего не требует внимания.
admin-missing = Нет языков: { $languages }.
admin-behind = Пора обновить перевод: { $languages }.
admin-draft = Черновик, слушатели его не видят.
admin-no-trainer = Нет тренера.

completion-title = Завершение
completion-from = С
completion-to = По
completion-course = Курс
completion-by = Разбивка
completion-all-courses = Все курсы
completion-by-month = Месяц записи
completion-by-course = Курс
completion-by-region = Регион
completion-by-sex = Пол
completion-by-age = Возраст
completion-by-organisation = Организация
completion-by-sector = Отрасль
completion-by-language = Язык
completion-title-month = Доля завершивших по месяцу записи
completion-title-course = Доля завершивших по курсам
completion-title-region = Доля завершивших по регионам
completion-title-sex = Доля завершивших по полу
completion-title-age = Доля завершивших по возрасту
completion-title-organisation = Доля завершивших по организациям
completion-title-sector = Доля завершивших по отраслям
completion-title-language = Доля завершивших по языкам
completion-registrations = Регистрации на сайте
completion-registered = Записались
completion-started = Начали
completion-halfway = Прошли половину
completion-completed = Завершили
completion-path = Путь слушателя
completion-table = То же в таблице
completion-total = Все
completion-hidden = скрыто
completion-n-hidden = { $n ->
    [one] Скрыта { $n } группа.
    [few] Скрыты { $n } группы.
   *[many] Скрыто { $n } групп.
}
completion-finding-start = Больше всего людей теряется до первого урока.
completion-finding-first = Больше всего людей теряется в первой половине курса.
completion-finding-second = Больше всего людей теряется во второй половине курса.
completion-finding-none = По пути никто не теряется.
completion-finding-few = Людей слишком мало, чтобы сказать больше.
completion-finding-best = Чаще всего завершают: { $group }, { $percent }.
completion-privacy-short = Группы меньше 10 человек скрыты.
completion-counting = Как считаются числа
completion-rule = Каждый человек один раз, в месяце первой записи на выбранные курсы, с самым дальним этапом, достигнутым к этому времени. Начали: открыли урок. Прошли половину: половину того, что требует курс. В разбивке по курсам человек учтён в каждом своём курсе. Возраст: текущий год минус год рождения.
completion-privacy = Как защищена частная жизнь: число скрыто, если оно само или потеря с прошлого этапа от 1 до 9 или если такое число можно вычислить из других. Тогда скрыта и следующая по малости группа. Период или курс показан, только если отличается от других, которые можно выбрать, на 0 или не меньше чем на 10 человек.

age-to-17 = Моложе 18
age-18-24 = 18–24
age-25-34 = 25–34
age-35-44 = 35–44
age-45-54 = 45–54
age-55-64 = 55–64
age-from-65 = 65 и старше

people-title = Пользователи
people-role = Роль
people-role-admin = Администратор
people-role-trainer = Тренер
people-role-learner = Слушатель
people-state = Состояние
people-state-active = Открыт
people-state-disabled = Закрыт
people-all = Все
people-show-all = Показать всех
people-since = Регистрация

person-saved = Изменение сохранено.
person-last-admin = Это последний администратор. Сначала назначьте другого.
person-self = Свою учётную запись закрыть нельзя. Это может сделать другой администратор.
person-no-course = Такого курса нет. Выберите из списка.
person-teaches = Тренер курсов
person-teaches-none = Не ведёт курсов.
person-trainer-course = Курс
person-trainer-give = Сделать тренером
person-trainer-take = Убрать
person-admin-text = Администраторы видят всех пользователей и показатели и дают роли.
person-admin-give = Сделать администратором
person-admin-take = Снять роль
person-reset-title = Новый пароль
person-reset-text = Создаёт ссылку, по которой этот человек задаст новый пароль. Она действует один раз, 24 часа. Прежние ссылки перестают действовать.
person-reset-button = Создать ссылку
person-link-title = Ссылка готова.
person-link-text = Передайте её сами. Она показана только сейчас.
person-link-label = Ссылка для нового пароля
person-access-title = Доступ
person-access-text = С закрытой учётной записью нельзя войти. Сеансы сразу заканчиваются, результаты остаются.
person-access-close = Закрыть учётную запись
person-access-open = Открыть учётную запись
translations-title = Переводы
translations-lead = Для каждого абзаца перевода известно, из какого абзаца он сделан. Откройте урок, чтобы увидеть, что отстало.
translations-lesson = Урок
translations-source = оригинал
translations-none = нет
translations-done = готов
translations-unknown = отстаёт
translations-count = Блоков: { $done } из { $of }
translations-n-stale = изменилось: { $n }
translations-n-missing = не хватает: { $n }
translations-n-obsolete = лишних: { $n }
translations-state = Состояние
translations-original = Оригинал
translations-translation = Перевод
translations-stale = Оригинал изменился
translations-missing = Не переведено
translations-obsolete = В оригинале этого больше нет
translations-nothing = Все блоки соответствуют оригиналу.
translations-no-text = Этого урока ещё нет на этом языке.
translations-no-others = Этот курс только на одном языке.
learner-terms = Другое время и попытки для этого учащегося
teach-marking = Оценивание
teach-open-marking = Ничего не ждёт
teach-waiting = { $n ->
    [one] { $n } ответ ждёт
    [few] { $n } ответа ждут
   *[other] { $n } ответов ждут
}
learner-waiting = ждёт оценивания

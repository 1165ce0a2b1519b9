### What programs are told; they may show it to people.

api-token-refused = Token etibarsızdır və ya vaxtı bitib. Yenidən daxil olun.
api-json-needed = Sorğunun mətnini JSON kimi, «Content-Type: application/json» başlığı ilə göndərin.
api-json-unreadable = Sorğunun mətni bu çağırış üçün təsvir edilmiş JSON deyil.
api-body-large = Sorğunun mətni həddən artıq böyükdür.
api-key-unreadable = Təkrarsızlıq açarı UUID olmalıdır.
api-key-used = Bu təkrarsızlıq açarı başqa sorğu üçün işlənib.
api-fields = Bəzi sahələr yararsızdır.
api-language-unknown = Bu dillərdən birini seçin: az, en, ru.
api-event-unknown = Hadisələr bunlardır: «viewed» və «completed».
api-option-unknown = Sualda belə variant yoxdur.
api-answer-stale = Bu arada başqa cavab saxlanılıb. Hər ikisinə baxın və qalmalı olanı göndərin.
api-place-unknown = Səhifənin haradan başlamalı olduğu bilinmir.
api-filter-unknown = Süzgəclərdən birinin qiyməti tanınmır.
api-judgement-overtaken = Bu cavabı eyni vaxtda başqası qiymətləndirib.

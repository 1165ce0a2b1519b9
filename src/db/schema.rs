//! The tables as diesel sees them; `tests/it/migrations.rs` compares this with the migrated database.

diesel::table! {
    answer_files (id) {
        id -> Uuid,
        attempt_id -> Uuid,
        slot -> Int2,
        op -> Nullable<Uuid>,
        size -> Nullable<Int8>,
        started_at -> Timestamptz,
    }
}

diesel::table! {
    answer_pieces (file_id, place) {
        file_id -> Uuid,
        place -> Int4,
        bytes -> Bytea,
    }
}

diesel::table! {
    attempt_events (attempt_id, seq) {
        attempt_id -> Uuid,
        seq -> Int8,
        at -> Timestamptz,
        kind -> Text,
        slot -> Nullable<Int2>,
        response -> Nullable<Text>,
        op -> Nullable<Uuid>,
        actor -> Nullable<Uuid>,
        mark -> Nullable<Text>,
        detail -> Nullable<Text>,
    }
}

diesel::table! {
    attempts (id) {
        id -> Uuid,
        enrolment_id -> Uuid,
        person_id -> Uuid,
        course_id -> Uuid,
        version_id -> Uuid,
        lesson -> Text,
        quiz -> Text,
        number -> Int4,
        practice -> Bool,
        seed -> Bytea,
        paper -> Text,
        state -> Text,
        started_at -> Timestamptz,
        deadline -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        raw -> Nullable<Int8>,
        max -> Nullable<Int8>,
        passed -> Nullable<Bool>,
        overdue -> Text,
        grace -> Int4,
        given_back -> Int4,
    }
}

diesel::table! {
    blobs (hash) {
        hash -> Text,
        bytes -> Bytea,
    }
}

diesel::table! {
    course_trainers (course_id, person_id) {
        course_id -> Uuid,
        person_id -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    course_versions (id) {
        id -> Uuid,
        course_id -> Uuid,
        number -> Int4,
        content_hash -> Text,
        card -> Text,
        document -> Text,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    courses (id) {
        id -> Uuid,
        slug -> Text,
        version_id -> Nullable<Uuid>,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Uuid,
        person_id -> Uuid,
        course_id -> Uuid,
        language -> Text,
        enrolled_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        halfway_at -> Nullable<Timestamptz>,
        completed_at -> Nullable<Timestamptz>,
        percent -> Int2,
        last_lesson -> Nullable<Text>,
        last_at -> Nullable<Timestamptz>,
        completed_version -> Nullable<Uuid>,
    }
}

diesel::table! {
    item_versions (course_id, item, scoring_hash) {
        course_id -> Uuid,
        item -> Text,
        scoring_hash -> Text,
        root -> Text,
        number -> Int4,
        wording_hash -> Text,
        first_version -> Uuid,
        last_version -> Uuid,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    journal (id) {
        id -> Uuid,
        at -> Timestamptz,
        person_id -> Nullable<Uuid>,
        verb -> Text,
        course_id -> Nullable<Uuid>,
        object -> Text,
        detail -> Text,
    }
}

diesel::table! {
    lesson_progress (enrolment_id, lesson) {
        enrolment_id -> Uuid,
        lesson -> Text,
        viewed_at -> Timestamptz,
        marked_at -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        seen_version -> Nullable<Uuid>,
    }
}

diesel::table! {
    library_state (one) {
        one -> Bool,
        revision -> Int8,
    }
}

diesel::table! {
    one_time_links (token_hash) {
        token_hash -> Bytea,
        purpose -> Text,
        person_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    organisations (id) {
        id -> Uuid,
        name -> Text,
        name_fold -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    outages (id) {
        id -> Uuid,
        since -> Timestamptz,
        until -> Timestamptz,
        attempts -> Int4,
    }
}

diesel::table! {
    people (id) {
        id -> Uuid,
        email -> Text,
        email_key -> Text,
        name -> Text,
        password_hash -> Text,
        language -> Text,
        time_zone -> Text,
        admin -> Bool,
        disabled_at -> Nullable<Timestamptz>,
        registered_at -> Timestamptz,
        organisation_id -> Nullable<Uuid>,
        region -> Nullable<Text>,
        sector -> Nullable<Text>,
        sex -> Nullable<Text>,
        birth_year -> Nullable<Int2>,
        profile_consent_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    pulse (id) {
        id -> Bool,
        at -> Timestamptz,
    }
}

diesel::table! {
    quiz_grades (enrolment_id, quiz) {
        enrolment_id -> Uuid,
        quiz -> Text,
        fraction -> Nullable<Int8>,
        passed -> Bool,
        answered -> Bool,
        attempts -> Int4,
        graded_at -> Timestamptz,
    }
}

diesel::table! {
    quiz_terms (id) {
        id -> Uuid,
        course_id -> Uuid,
        quiz -> Text,
        scope -> Text,
        person_id -> Nullable<Uuid>,
        open_at -> Nullable<Timestamptz>,
        close_at -> Nullable<Timestamptz>,
        time -> Nullable<Int4>,
        attempts -> Nullable<Int4>,
        password -> Nullable<Text>,
        reason -> Text,
        by_id -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

diesel::table! {
    regrade_grades (regrade_id, enrolment_id, quiz) {
        regrade_id -> Uuid,
        enrolment_id -> Uuid,
        quiz -> Text,
        before -> Nullable<Int8>,
        after -> Nullable<Int8>,
        passed_before -> Bool,
        passed_after -> Bool,
    }
}

diesel::table! {
    regrade_items (regrade_id, root) {
        regrade_id -> Uuid,
        root -> Text,
        item -> Text,
        now_hash -> Nullable<Text>,
        change -> Text,
        policy -> Text,
        answers -> Int4,
    }
}

diesel::table! {
    regrades (id) {
        id -> Uuid,
        course_id -> Uuid,
        version_id -> Uuid,
        at -> Timestamptz,
        actor -> Nullable<Uuid>,
        reason -> Text,
        answers -> Int4,
        raised -> Int4,
        lowered -> Int4,
        other -> Int4,
        gained -> Int4,
        lost -> Int4,
        taken_back_at -> Nullable<Timestamptz>,
        taken_back_by -> Nullable<Uuid>,
        taken_back_reason -> Nullable<Text>,
    }
}

diesel::table! {
    replies (person_id, key) {
        person_id -> Uuid,
        key -> Uuid,
        action -> Text,
        reply -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    saved_answers (attempt_id, slot) {
        attempt_id -> Uuid,
        slot -> Int2,
        rev -> Int4,
        response -> Text,
        saved_at -> Timestamptz,
        sure -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        token_hash -> Bytea,
        person_id -> Uuid,
        kind -> Text,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        device -> Text,
    }
}

diesel::table! {
    sign_in_failures (key) {
        key -> Bytea,
        failures -> Int4,
        since -> Timestamptz,
    }
}

diesel::table! {
    slot_marks (attempt_id, slot) {
        attempt_id -> Uuid,
        slot -> Int2,
        item -> Text,
        item_version -> Text,
        fraction -> Int8,
        marks -> Int8,
        of -> Int8,
        verdict -> Text,
    }
}

diesel::table! {
    version_files (version_id, path) {
        version_id -> Uuid,
        path -> Text,
        hash -> Text,
    }
}

diesel::joinable!(answer_files -> attempts (attempt_id));
diesel::joinable!(answer_pieces -> answer_files (file_id));
diesel::joinable!(attempt_events -> attempts (attempt_id));
diesel::joinable!(attempt_events -> people (actor));
diesel::joinable!(attempts -> course_versions (version_id));
diesel::joinable!(attempts -> courses (course_id));
diesel::joinable!(attempts -> enrolments (enrolment_id));
diesel::joinable!(attempts -> people (person_id));
diesel::joinable!(course_trainers -> courses (course_id));
diesel::joinable!(course_trainers -> people (person_id));
diesel::joinable!(course_versions -> courses (course_id));
diesel::joinable!(enrolments -> courses (course_id));
diesel::joinable!(enrolments -> people (person_id));
diesel::joinable!(journal -> people (person_id));
diesel::joinable!(lesson_progress -> enrolments (enrolment_id));
diesel::joinable!(one_time_links -> people (person_id));
diesel::joinable!(people -> organisations (organisation_id));
diesel::joinable!(quiz_grades -> enrolments (enrolment_id));
diesel::joinable!(quiz_terms -> courses (course_id));
diesel::joinable!(regrade_grades -> enrolments (enrolment_id));
diesel::joinable!(regrade_grades -> regrades (regrade_id));
diesel::joinable!(regrade_items -> regrades (regrade_id));
diesel::joinable!(regrades -> course_versions (version_id));
diesel::joinable!(regrades -> courses (course_id));
diesel::joinable!(replies -> people (person_id));
diesel::joinable!(saved_answers -> attempts (attempt_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(slot_marks -> attempts (attempt_id));
diesel::joinable!(version_files -> blobs (hash));
diesel::joinable!(version_files -> course_versions (version_id));

diesel::allow_tables_to_appear_in_same_query!(
    answer_files,
    answer_pieces,
    attempt_events,
    attempts,
    blobs,
    course_trainers,
    course_versions,
    courses,
    enrolments,
    item_versions,
    journal,
    lesson_progress,
    library_state,
    one_time_links,
    organisations,
    outages,
    people,
    pulse,
    quiz_grades,
    quiz_terms,
    regrade_grades,
    regrade_items,
    regrades,
    replies,
    saved_answers,
    sessions,
    sign_in_failures,
    slot_marks,
    version_files,
);

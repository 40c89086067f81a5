//! Sentences about steps that do not fit each other, or themselves.

sentences! {
    mistake_one_scope(known) {
        en "a subject is of one scope; expected one of {known}",
        es "un objeto es de un solo ámbito; se esperaba uno de estos: {known}",
        fr "un objet est d’une seule portée ; attendu, l’un de : {known}",
    }
    mistake_subject_twice(first) {
        en "the step \"{first}\" says already what is found there; one subject a scope",
        es "el paso «{first}» ya dice qué se encuentra ahí; un objeto por ámbito",
        fr "l’étape « {first} » dit déjà ce qui s’y trouve ; un objet par portée",
    }
    mistake_keep_alive_session() {
        en "\"keep_alive\" on a step that does not live in the session; expected lasts = \"session\" on the same step",
        es "«keep_alive» en un paso que no vive en la sesión; se esperaba lasts = \"session\" en el mismo paso",
        fr "« keep_alive » sur une étape qui ne vit pas dans la session ; lasts = \"session\" est attendu sur la même étape",
    }
    mistake_keep_alive_short() {
        en "\"keep_alive\" is too short; expected \"45s\" or longer",
        es "«keep_alive» es demasiado corto; se esperaba \"45s\" o más",
        fr "« keep_alive » est trop court ; \"45s\" ou plus est attendu",
    }
    mistake_group_translated(group, lang, first, line, column) {
        en "the group \"{group}\" has another text in \"{lang}\" here than in line {line}, column {column}; expected \"{first}\", or the English text alone",
        es "el grupo «{group}» tiene aquí otro texto en «{lang}» que en la línea {line}, columna {column}; se esperaba «{first}», o solo el texto en inglés",
        fr "le groupe « {group} » a ici un autre texte en « {lang} » qu’à la ligne {line}, colonne {column} ; « {first} » ou le seul texte anglais est attendu",
    }
    mistake_group_apart(group, line, column) {
        en "the group \"{group}\" comes again after a step that is not in it, the last time in line {line}, column {column}; expected its steps one after another",
        es "el grupo «{group}» vuelve tras un paso que no es suyo, la última vez en la línea {line}, columna {column}; se esperaban sus pasos uno tras otro",
        fr "le groupe « {group} » revient après une étape qui n’en est pas, la dernière fois à la ligne {line}, colonne {column} ; ses étapes sont attendues l’une après l’autre",
    }
    mistake_needs_itself() {
        en "a step cannot need itself; expected a step that comes earlier",
        es "un paso no puede necesitarse a sí mismo; se esperaba un paso anterior",
        fr "une étape ne peut pas dépendre d’elle-même ; une étape antérieure est attendue",
    }
    mistake_needs_later(name) {
        en "the step \"{name}\" comes later in the file; expected a step that comes earlier: a step may need only what is done before it",
        es "el paso «{name}» viene después en el archivo; se esperaba un paso anterior: un paso solo puede necesitar lo que se hace antes",
        fr "l’étape « {name} » vient plus loin dans le fichier ; une étape antérieure est attendue : une étape ne peut dépendre que de ce qui est fait avant elle",
    }
    mistake_neither_kind() {
        en "the step has neither [step.check] nor [step.attest]; expected one of them",
        es "el paso no tiene ni [step.check] ni [step.attest]; se esperaba uno de los dos",
        fr "l’étape n’a ni [step.check] ni [step.attest] ; l’un des deux est attendu",
    }
    mistake_both_kinds() {
        en "the step has both [step.check] and [step.attest]; expected one of them",
        es "el paso tiene a la vez [step.check] y [step.attest]; se esperaba uno de los dos",
        fr "l’étape a à la fois [step.check] et [step.attest] ; un seul des deux est attendu",
    }
    mistake_apply_alone() {
        en "[step.apply] without [step.check]: nothing could tell whether it worked; expected a [step.check]",
        es "[step.apply] sin [step.check]: nada podría decir si funcionó; se esperaba un [step.check]",
        fr "[step.apply] sans [step.check] : rien ne pourrait dire si cela a réussi ; un [step.check] est attendu",
    }
}

"""What the offline check says of tables that disagree with the log, in English and Indonesian."""

# Kind of finding: English, Indonesian. Each is a reason for exit code 1.
DISAGREEMENTS = {
    "told_twice": (
        "%(claim)s %(object)s begins twice in the log, at number %(index)s again.",
        "%(claim)s %(object)s dimulai dua kali di log, lagi pada nomor %(index)s.",
    ),
    "step_missing": (
        (
            "%(claim)s %(object)s: the entry at number %(index)s starts from %(column)s %(said)s, "
            "but the entries before it lead to %(known)s."
        ),
        (
            "%(claim)s %(object)s: catatan nomor %(index)s berangkat dari %(column)s %(said)s, "
            "padahal catatan sebelumnya berakhir pada %(known)s."
        ),
    ),
    "untold": (
        "%(claim)s %(object)s: no entry tells how it came to be, yet number %(index)s changes it.",
        "%(claim)s %(object)s: tidak ada catatan awalnya, tetapi nomor %(index)s mengubahnya.",
    ),
    "row_without_event": (
        "%(claim)s %(object)s is in the tables, but no entry of the log tells of it.",
        "%(claim)s %(object)s ada di tabel, tetapi tidak ada catatannya di log.",
    ),
    "row_differs": (
        "%(claim)s %(object)s: the tables say %(column)s %(row)s, the log says %(told)s.",
        "%(claim)s %(object)s: tabel menyatakan %(column)s %(row)s, log menyatakan %(told)s.",
    ),
    "row_unsigned": (
        (
            "%(claim)s %(object)s: only entries that no checkpoint covers tell how it stands in "
            "the tables. Have the log signed, and ask for a new bundle."
        ),
        (
            "%(claim)s %(object)s: keadaannya di tabel hanya dijelaskan oleh catatan yang belum "
            "tercakup titik periksa. Mintalah log ditandatangani, lalu minta bundel baru."
        ),
    ),
    "tables_old": (
        (
            "The tables were read long before the bundle was made: they know nothing of the entry "
            "at number %(index)s."
        ),
        ("Tabel dibaca jauh sebelum bundel dibuat: catatan nomor %(index)s belum diketahuinya."),
    ),
    "row_gone": (
        "%(claim)s %(object)s is told in the log, but is not in the tables any more.",
        "%(claim)s %(object)s tercatat di log, tetapi tidak ada lagi di tabel.",
    ),
}

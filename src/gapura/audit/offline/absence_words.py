"""What the offline check says of archived months, in English and Indonesian."""

# Kind of finding: English, Indonesian. Each is a reason for exit code 1.
ABSENCES = {
    "archive": (
        (
            "Month %(month)s is left out as archived, from number %(index)s on, but no signed "
            "entry says that just these numbers lie in the archive."
        ),
        (
            "Bulan %(month)s ditiadakan sebagai arsip, mulai nomor %(index)s, tetapi tidak ada "
            "catatan bertanda tangan bahwa tepat nomor-nomor itu berada di arsip."
        ),
    ),
    "archive_torn": (
        (
            "Month %(month)s is said to lie in the archive as a whole, but the entry at number "
            "%(index)s of that month is here."
        ),
        (
            "Bulan %(month)s dinyatakan berada di arsip seluruhnya, tetapi catatan nomor %(index)s "
            "dari bulan itu masih ada di sini."
        ),
    ),
    "archive_early": (
        (
            "The entry at number %(index)s says that month %(month)s lies in the archive, but when "
            "it was recorded, at %(time)s, that month had to stay in the database."
        ),
        (
            "Catatan nomor %(index)s menyatakan bulan %(month)s berada di arsip, padahal ketika "
            "direkam pada %(time)s bulan itu masih wajib berada di basis data."
        ),
    ),
    "archive_count": (
        (
            "The manifest counts %(promised)s archived entries and names %(ranged)s numbers, but "
            "%(found)s entries are left out."
        ),
        (
            "Manifes menghitung %(promised)s catatan arsip dan menyebut %(ranged)s nomor, tetapi "
            "%(found)s catatan tidak disertakan."
        ),
    ),
    "archive_file": (
        "File %(file)s of the archive is not what was written: %(reason)s.",
        "Berkas arsip %(file)s tidak seperti saat ditulis: %(reason)s.",
    ),
    "archive_other": (
        (
            "Folder %(folder)s is not the archive of month %(month)s: a signed entry names another "
            "manifest."
        ),
        (
            "Folder %(folder)s bukan arsip bulan %(month)s: catatan bertanda tangan menyebut "
            "manifes lain."
        ),
    ),
    "archive_beside": (
        "The archive holds an entry for number %(index)s, which is not one of that month.",
        "Arsip memuat catatan untuk nomor %(index)s, yang bukan bagian dari bulan itu.",
    ),
}

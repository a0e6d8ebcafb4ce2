"""What the offline check can find and say, in English and Indonesian: no catalog is at hand."""

ENGLISH, INDONESIAN = "en", "id"
LANGUAGES = (INDONESIAN, ENGLISH)

# Kind of finding: English, Indonesian. Each is a reason for exit code 1.
FINDINGS = {
    "manifest": (
        "The manifest is not what was written: %(reason)s.",
        "Manifes tidak seperti saat ditulis: %(reason)s.",
    ),
    "file": (
        "File %(file)s is not what was written: %(reason)s.",
        "Berkas %(file)s tidak seperti saat ditulis: %(reason)s.",
    ),
    "stranger": (
        "File %(file)s is in the folder but not in the manifest.",
        "Berkas %(file)s ada di folder tetapi tidak tercantum dalam manifes.",
    ),
    "line": (
        "Line %(line)s of file %(file)s cannot be read: %(reason)s.",
        "Baris %(line)s pada berkas %(file)s tidak dapat dibaca: %(reason)s.",
    ),
    "policy": (
        "The policy cannot be used: %(reason)s.",
        "Kebijakan tidak dapat dipakai: %(reason)s.",
    ),
    "count": (
        "The manifest promises %(promised)s entries, but the bundle holds %(found)s.",
        "Manifes menyebut %(promised)s catatan, tetapi bundel memuat %(found)s.",
    ),
    "altered": (
        "Entry %(event)s at number %(index)s was altered after it was sealed.",
        "Catatan %(event)s pada nomor %(index)s diubah setelah disegel.",
    ),
    "missing": (
        "The entry at number %(index)s is missing: only its sealed hash is left.",
        "Catatan pada nomor %(index)s hilang: hanya hash segelnya yang tersisa.",
    ),
    "gap": (
        "Number %(index)s is missing from the log.",
        "Nomor %(index)s hilang dari log.",
    ),
    "number": (
        "Checkpoint %(number)s does not follow the one before it.",
        "Titik periksa %(number)s tidak menyambung dengan yang sebelumnya.",
    ),
    "signature": (
        "Checkpoint %(number)s is not signed by this log: %(reason)s.",
        "Titik periksa %(number)s tidak ditandatangani oleh log ini: %(reason)s.",
    ),
    "cosignature": (
        "The signature of witness %(witness)s does not fit checkpoint %(number)s.",
        "Tanda tangan saksi %(witness)s tidak cocok dengan titik periksa %(number)s.",
    ),
    "root": (
        (
            "Checkpoint %(number)s was signed over other entries: one from number %(index)s to "
            "%(last)s was changed, removed or moved."
        ),
        (
            "Titik periksa %(number)s ditandatangani atas catatan lain: ada yang diubah, dihapus, "
            "atau dipindah di antara nomor %(index)s dan %(last)s."
        ),
    ),
    "short": (
        (
            "Checkpoint %(number)s was signed over %(size)s entries, but only %(found)s are here: "
            "the end was cut off."
        ),
        (
            "Titik periksa %(number)s ditandatangani atas %(size)s catatan, tetapi hanya %(found)s "
            "yang ada: bagian akhir dipotong."
        ),
    ),
    "unsigned": (
        "Entry %(event)s at number %(index)s has stood for long without a signed checkpoint.",
        "Catatan %(event)s pada nomor %(index)s lama tidak tercakup titik periksa bertanda tangan.",
    ),
    "unwitnessed": (
        "Too few witnesses have signed anything that covers number %(index)s and later.",
        "Saksi yang menandatangani nomor %(index)s dan seterusnya kurang dari yang disyaratkan.",
    ),
    "unsealed": (
        "Entry %(event)s has waited for long for its number in the log.",
        "Catatan %(event)s terlalu lama menunggu nomornya di log.",
    ),
    "backdated": (
        (
            "Entry %(event)s at number %(index)s says it was recorded at %(time)s, long before "
            "entries that stand before it: it was backdated, or the clock of the database was "
            "wrong."
        ),
        (
            "Catatan %(event)s pada nomor %(index)s menyatakan direkam pada %(time)s, jauh sebelum "
            "catatan yang mendahuluinya: tanggalnya dimundurkan, atau jam basis data keliru."
        ),
    ),
    "future": (
        (
            "Entry %(event)s at number %(index)s says it was recorded at %(time)s, later than "
            "can be."
        ),
        (
            "Catatan %(event)s pada nomor %(index)s menyatakan direkam pada %(time)s, lebih "
            "kemudian daripada yang mungkin."
        ),
    ),
    "personal_altered": (
        "Personal value %(field)s of the entry at number %(index)s does not fit its commitment.",
        "Nilai pribadi %(field)s dari catatan nomor %(index)s tidak cocok dengan komitmennya.",
    ),
    "personal_missing": (
        "Personal values of the entry at number %(index)s were removed without a recorded erasure.",
        "Nilai pribadi dari catatan nomor %(index)s dihapus tanpa catatan penghapusan.",
    ),
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
    "row_gone": (
        "%(claim)s %(object)s is told in the log, but is not in the tables any more.",
        "%(claim)s %(object)s tercatat di log, tetapi tidak ada lagi di tabel.",
    ),
}

# What is worth knowing and no reason to doubt the log.
REMARKS = {
    "policy_of_bundle": (
        (
            "The keys that were believed came with the bundle. Give --policy with a file that you "
            "got on another way."
        ),
        (
            "Kunci yang dipercaya berasal dari bundel ini. Pakai --policy dengan berkas yang Anda "
            "peroleh lewat jalur lain."
        ),
    ),
    "nothing_kept": (
        (
            "No older checkpoint of yours was compared (--kept): a log that was rolled back as a "
            "whole could not be noticed."
        ),
        (
            "Tidak ada titik periksa lama milik Anda yang dibandingkan (--kept): log yang "
            "dikembalikan seluruhnya ke keadaan lama tidak dapat diketahui."
        ),
    ),
    "part": (
        "Numbers %(first)s to %(last)s of %(size)s are here in full; of the others the hashes.",
        "Nomor %(first)s sampai %(last)s dari %(size)s ada secara lengkap; lainnya hanya hashnya.",
    ),
    "unreconciled": (
        "The tables were not compared: that needs all entries from the first on.",
        "Tabel tidak dibandingkan: untuk itu diperlukan semua catatan sejak yang pertama.",
    ),
    "archived": (
        "%(count)s entries lie in the archive and are here by their hashes only.",
        "%(count)s catatan berada di arsip dan di sini hanya ada hashnya.",
    ),
    "clock": (
        "From number %(index)s on the clock of the database was set back.",
        "Mulai nomor %(index)s jam basis data dimundurkan.",
    ),
    "erased": (
        "%(count)s personal parts were lawfully erased by entry number %(index)s.",
        "%(count)s bagian data pribadi terhapus sah oleh catatan nomor %(index)s.",
    ),
    "unsigned_tail": (
        "The last %(count)s entries are younger than the newest checkpoint.",
        "%(count)s catatan terakhir lebih baru daripada titik periksa terbaru.",
    ),
    "waiting": (
        "%(count)s entries waited for their number when the bundle was made.",
        "%(count)s catatan masih menunggu nomornya ketika bundel dibuat.",
    ),
    "claim": (
        "%(claim)s: %(rows)s rows of the tables agree with the log.",
        "%(claim)s: %(rows)s baris tabel sesuai dengan log.",
    ),
}

WHOLE = (
    (
        "WHOLE: %(entries)s entries and %(checkpoints)s checkpoints (%(witnessed)s witnessed, "
        "%(kept)s kept by you) fit together."
    ),
    (
        "UTUH: %(entries)s catatan dan %(checkpoints)s titik periksa (%(witnessed)s disaksikan, "
        "%(kept)s simpanan Anda) cocok satu sama lain."
    ),
)
BROKEN = (
    "NOT WHOLE: %(found)s problems in %(entries)s entries and %(checkpoints)s checkpoints.",
    "TIDAK UTUH: %(found)s masalah dalam %(entries)s catatan dan %(checkpoints)s titik periksa.",
)
UNREADABLE = (
    "NOT CHECKED: %(reason)s",
    "TIDAK DIPERIKSA: %(reason)s",
)


def say(pair: tuple[str, str], language: str, values: dict[str, object]) -> str:
    """One sentence; what came from the bundle cannot move the cursor of the terminal."""
    safe = {name: printable(value) for name, value in values.items()}
    return pair[LANGUAGES.index(language) == 0] % safe


def printable(value: object) -> str:
    """The text with control and bidirectional characters shown as escapes, shortened."""
    text = str(value)[:200]
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

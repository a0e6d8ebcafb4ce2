"""What the offline check can find and say, in English and Indonesian: no catalog is at hand."""

from gapura.audit.offline.absence_words import ABSENCES
from gapura.audit.offline.table_words import DISAGREEMENTS

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
    "broken_off": (
        "The check broke off (%(reason)s): what comes after that was not looked at.",
        "Pemeriksaan terhenti (%(reason)s): bagian sesudahnya tidak diperiksa.",
    ),
    "empty": (
        "The bundle holds no entry at all: it proves nothing.",
        "Bundel tidak memuat satu catatan pun: tidak ada yang dibuktikannya.",
    ),
    "claims": (
        (
            "Claim %(claim)s is missing or differs from the one that this verifier knows: its "
            "table could have been changed unseen. If the bundle is of another version of the "
            "product, give --claims with a file that you got on another way."
        ),
        (
            "Klaim %(claim)s tidak ada atau berbeda dari yang dikenal pemeriksa ini: tabelnya "
            "dapat diubah tanpa ketahuan. Jika bundel berasal dari versi lain, pakai --claims "
            "dengan berkas yang Anda peroleh lewat jalur lain."
        ),
    ),
    **ABSENCES,
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
    "unsigned_log": (
        "No checkpoint of this log holds: nothing here is signed.",
        "Tidak ada titik periksa log ini yang sah: tidak ada yang ditandatangani di sini.",
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
            "entries that stand before it, or before witnesses had cosigned these: it was "
            "backdated, or the clock of the database was wrong."
        ),
        (
            "Catatan %(event)s pada nomor %(index)s menyatakan direkam pada %(time)s, jauh sebelum "
            "catatan yang mendahuluinya atau sebelum saksi menandatanganinya: tanggalnya "
            "dimundurkan, atau jam basis data keliru."
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
    "ahead": (
        (
            "Among the entries below number %(index)s one says it was recorded at %(time)s, but "
            "witnesses had cosigned it at %(cosigned)s: it was postdated, or a clock was wrong."
        ),
        (
            "Di antara catatan di bawah nomor %(index)s ada yang menyatakan direkam pada %(time)s, "
            "padahal saksi sudah menandatanganinya pada %(cosigned)s: tanggalnya dimajukan, atau "
            "ada jam yang keliru."
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
    **DISAGREEMENTS,
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
INCOMPLETE = (
    (
        "INCOMPLETE: what is here fits together, but %(absent)s entries lie in archived months "
        "that were not handed over (--archive): nothing of them was checked, and the tables were "
        "compared only as far as the other entries tell."
    ),
    (
        "BELUM LENGKAP: yang ada di sini cocok satu sama lain, tetapi %(absent)s catatan berada di "
        "bulan arsip yang tidak diserahkan (--archive): isinya tidak diperiksa, dan tabel hanya "
        "dibandingkan sejauh dijelaskan catatan lainnya."
    ),
)
PART = (
    (
        "A PART, WHOLE: the %(entries)s entries here belong to the log as it was signed. The other "
        "entries and the tables were not checked."
    ),
    (
        "SEBAGIAN, UTUH: %(entries)s catatan di sini memang bagian dari log yang ditandatangani. "
        "Catatan lain dan tabel tidak diperiksa."
    ),
)
STATE = (
    (
        "Made at %(made_at)s. Newest checkpoint: %(newest)s, over %(newest_size)s entries; "
        "witnesses cosigned last at: %(cosigned_at)s."
    ),
    (
        "Dibuat pada %(made_at)s. Titik periksa terbaru: %(newest)s, atas %(newest_size)s catatan; "
        "terakhir ditandatangani saksi pada: %(cosigned_at)s."
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

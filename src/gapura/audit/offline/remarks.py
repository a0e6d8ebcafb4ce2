"""What is worth knowing and no reason to doubt the log, in English and Indonesian."""

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
        (
            "%(count)s entries lie in the archive, as entry number %(index)s says, and are here by "
            "their hashes only."
        ),
        (
            "%(count)s catatan berada di arsip menurut catatan nomor %(index)s, dan di sini hanya "
            "ada hashnya."
        ),
    ),
    "clock": (
        "From number %(index)s on the clock of the database was set back.",
        "Mulai nomor %(index)s jam basis data dimundurkan.",
    ),
    "archive_wanted": (
        "Ask for the archive of %(month)s, whose manifest has the SHA-256 %(manifest)s.",
        "Mintalah arsip %(month)s, yang manifesnya ber-SHA-256 %(manifest)s.",
    ),
    "archive_read": (
        "%(count)s entries were read from the archives that you handed over.",
        "%(count)s catatan dibaca dari arsip yang Anda serahkan.",
    ),
    "archive_needless": (
        "Folder %(folder)s was not needed: month %(month)s is not left out, or was given before.",
        "Folder %(folder)s tidak diperlukan: bulan %(month)s tidak ditiadakan atau sudah ada.",
    ),
    "reconciled_in_part": (
        (
            "The tables were compared only with the entries that are here: the archived ones may "
            "tell otherwise."
        ),
        (
            "Tabel hanya dibandingkan dengan catatan yang ada di sini: catatan di arsip dapat "
            "berbunyi lain."
        ),
    ),
    "claim_part": (
        "%(claim)s: %(rows)s rows could not be compared, what tells of them lies in the archive.",
        "%(claim)s: %(rows)s baris tidak dapat dibandingkan, penjelasannya berada di arsip.",
    ),
    "no_quorum": (
        (
            "The policy demands no witness: whoever holds the key of the log could have written it "
            "anew."
        ),
        "Kebijakan tidak mensyaratkan saksi: pemegang kunci log dapat menulis ulang log ini.",
    ),
    "not_today_made": (
        (
            "The bundle says it was made at %(time)s; your clock says %(now)s. It shows nothing of "
            "what happened since."
        ),
        (
            "Bundel menyatakan dibuat pada %(time)s; jam Anda menunjukkan %(now)s. Kejadian "
            "sesudahnya tidak tampak di sini."
        ),
    ),
    "not_today_cosigned": (
        (
            "Witnesses cosigned last at %(time)s; your clock says %(now)s. What came later nobody "
            "else has seen."
        ),
        (
            "Saksi terakhir menandatangani pada %(time)s; jam Anda menunjukkan %(now)s. Yang "
            "sesudahnya belum dilihat pihak lain."
        ),
    ),
    "erased": (
        "%(count)s personal parts were lawfully erased by entry number %(index)s.",
        "%(count)s bagian data pribadi terhapus sah oleh catatan nomor %(index)s.",
    ),
    "erased_unread": (
        (
            "%(count)s personal parts are said to be erased by entries that lie in the archive and "
            "cannot be read here: ask for the archive and look."
        ),
        (
            "%(count)s bagian data pribadi dinyatakan terhapus oleh catatan yang berada di arsip "
            "dan tidak terbaca di sini: mintalah arsipnya lalu periksa."
        ),
    ),
    "more_claims": (
        "The bundle claims more than this verifier knows, which was checked too: %(claims)s.",
        "Bundel memuat klaim lain yang belum dikenal pemeriksa ini; ikut diperiksa: %(claims)s.",
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

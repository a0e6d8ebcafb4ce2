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

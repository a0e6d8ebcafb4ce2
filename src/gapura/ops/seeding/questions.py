"""What people of the sample data asked the administrator, and what they were answered."""

from dataclasses import dataclass

from gapura.ops.seeding.cast import ABROAD, HOME

_GREETING = "Terima kasih atas pesan Anda."


@dataclass(frozen=True, slots=True)
class Question:
    """One case: how many days ago, by whom, and the answer when there is one."""

    days_ago: float
    name: str
    topic: str
    agency: str
    text: str
    answer: str = ""
    closed: bool = False

    @property
    def email(self) -> str:
        """A mailbox that nobody can own."""
        return f"{self.name.lower().replace(' ', '.')}@contoh.id"


QUESTIONS = (
    Question(320, "Rusdi Hamzah", "sign_in", "", "Saya tidak bisa masuk, kode tidak pernah sampai.",
             f"{_GREETING} Alamat e-mail Anda sempat penuh. Silakan minta kode yang baru.", True),
    Question(284, "Sri Mulyati", "request", HOME, "Berapa lama permohonan akses saya diperiksa?",
             f"{_GREETING} Paling lama 3x24 jam. Tanggalnya ada di halaman Akses saya.", True),
    Question(241, "Tono Wirawan", "factor", "", "Ponsel saya hilang bersama aplikasi pembuat kode.",
             f"{_GREETING} Masuklah dengan kode cadangan, lalu pasang aplikasi yang baru.", True),
    Question(205, "Ester Wonda", "data", HOME, "Nama saya di SK memakai gelar, di akun tidak.",
             f"{_GREETING} Itu tidak menjadi masalah, verifikator mencocokkan nama tanpa gelar.",
             True),
    Question(170, "Lina Marlina", "registration", "", "NIK saya ditolak, padahal sesuai KTP.",
             f"{_GREETING} Ada angka yang tertukar, periksa lagi digit ke-7 sampai ke-12.", True),
    Question(133, "Guntur Pamungkas", "request", ABROAD, "SK saya berlaku mulai bulan depan.",
             f"{_GREETING} Anda dapat mengajukannya sekarang, akses aktif pada hari pertama SK.",
             True),
    Question(96, "Melati Suryani", "other", HOME, "Dapatkah bendahara memegang dua satuan kerja?",
             f"{_GREETING} Bisa, dengan SK untuk masing-masing satuan kerja.", True),
    Question(61, "Yakobus Tekege", "sign_in", "", "Akun saya terkunci setelah salah kata sandi.",
             f"{_GREETING} Tunggu lima menit lalu coba lagi, atau gunakan Lupa kata sandi."),
    Question(33, "Dwi Hapsari", "suspicious", HOME, "Menurut e-mail, saya masuk dari ponsel lain.",
             f"{_GREETING} Kami sarankan keluar dari semua perangkat dan mengganti kata sandi."),
    Question(12, "Fransiska Bria", "request", HOME, "Permohonan saya kembali, apa yang kurang?",
             f"{_GREETING} Halaman kedua SK belum terbaca. Mohon dipindai ulang."),
    Question(5, "Andri Kusnadi", "data", HOME, "Saya pindah dinas, bagaimana akses PPK saya?"),
    Question(2.5, "Nurul Hikmah", "factor", "", "Kode cadangan saya tinggal satu, bagaimana?"),
    Question(1.2, "Samuel Rumbino", "registration", "", "Instansi saya tidak ada di daftar."),
    Question(0.3, "Wening Astuti", "request", HOME, "Mohon bantuan, verifikator kami sedang cuti."),
)  # fmt: skip

"""The companies of the sample data and what they offer: kinds of goods, names, prices in rupiah."""

from collections.abc import Mapping
from types import MappingProxyType

COMPANIES: Mapping[str, str] = MappingProxyType(
    {
        "C0002": "PT Sumber Rejeki Contoh",
        "C0003": "CV Mitra Pena Contoh",
        "C0004": "PT Cahaya Timur Contoh",
        "C0005": "CV Karya Boga Contoh",
        "C0006": "PT Teknologi Bersama Contoh",
        "C0007": "Koperasi Serba Usaha Contoh",
        "C0008": "PT Bangun Persada Contoh",
        "C0009": "UD Bersih Selalu Contoh",
        "C0010": "PT Medika Sehat Contoh",
    }
)

# By category: ten names with the price of one piece in thousands of rupiah.
_LISTED: Mapping[str, str] = MappingProxyType(
    {
        "stationery": """Kertas HVS A4 80 gram (rim) 58; Pulpen gel hitam (lusin) 36; Map gantung
            (isi 25) 92; Spidol papan tulis (lusin) 84; Amplop kabinet (isi 100) 27; Buku ekspedisi
            folio 18; Klip kertas nomor 3 (10 kotak) 24; Stapler besar 61; Tinta stempel ungu 14;
            Lakban bening (6 gulung) 66""",
        "printing": """Cetak spanduk per meter 32; Cetak brosur A4 lipat tiga (500 lembar) 640;
            Cetak buku laporan (per eksemplar) 78; Cetak kop surat (rim) 145; Cetak kartu nama
            (kotak) 45; Penggandaan dokumen (1.000 lembar) 210; Cetak kalender dinding 29;
            Penjilidan lakban (per buku) 9; Cetak sertifikat (100 lembar) 260; Cetak poster A2
            22""",
        "computers": """Laptop 14 inci 16 GB 12450; Komputer meja 23,8 inci 10980; Pencetak laser
            hitam putih 2870; Pemindai dokumen 50 lembar per menit 6740; Layar 24 inci 1985; Hard
            disk luar 2 TB 1190; Papan ketik dan tetikus nirkabel 275; Penyimpan daya 1200 VA 1460;
            Titik akses nirkabel 2230; Kamera rapat daring 3350""",
        "electronics": """Proyektor 4.000 lumen 7950; Televisi 55 inci 6890; Pendingin ruangan 1 PK
            4250; Kipas angin berdiri 385; Lampu LED 18 watt (10 buah) 340; Pengeras suara rapat
            2780; Kulkas satu pintu 2190; Dispenser air panas dan dingin 1650; Stopkontak enam
            lubang 118; Genset 5 kVA 11800""",
        "furniture": """Meja kerja 120 cm 1480; Kursi kerja putar 1120; Lemari arsip empat laci
            2340; Kursi rapat susun 465; Meja rapat delapan orang 5290; Rak buku lima susun 1370;
            Sofa ruang tunggu tiga dudukan 4180; Papan tulis putih 120 x 240 cm 890; Loker enam
            pintu 2960; Partisi kantor per meter 1540""",
        "cleaning": """Cairan pembersih lantai 4 liter 46; Sabun cuci tangan 5 liter 72; Pel lantai
            lengkap 135; Tempat sampah injak 50 liter 248; Tisu gulung (isi 10) 54; Sapu ijuk 23;
            Pengharum ruangan otomatis 96; Kantong sampah besar (isi 50) 49; Penyedot debu 1980; Lap
            serat mikro (isi 12) 88""",
        "catering": """Nasi kotak lengkap 35; Makanan ringan rapat (kotak) 16; Prasmanan per orang
            68; Air mineral gelas (dus) 32; Kopi dan teh rapat per orang 12; Tumpeng 20 porsi 780;
            Buah potong per porsi 14; Nasi liwet per orang 42; Kue basah (50 buah) 190; Sarapan
            rapat per orang 28""",
        "health": """Masker medis (isi 50) 31; Sarung tangan nitril (isi 100) 87; Tensimeter digital
            620; Termometer inframerah 340; Tempat tidur pasien dua engkol 9870; Kursi roda lipat
            1850; Cairan antiseptik 5 liter 215; Timbangan bayi digital 980; Stetoskop dewasa 410;
            Tabung oksigen 1 m3 dengan troli 1730""",
        "education": """Buku tematik kelas 1 (paket) 96; Alat peraga matematika SD 1240; Bola dunia
            33 cm 265; Mikroskop siswa 1890; Peta Indonesia dinding 175; Alat peraga IPA SMP 3680;
            Buku bacaan anak (paket 25) 870; Angklung satu set 1420; Papan catur magnet 58; Kit
            robotika pemula 2150""",
        "construction": """Semen 50 kg 68; Cat tembok 25 kg 890; Besi beton 10 mm (batang) 79;
            Keramik 40 x 40 cm (dus) 72; Genteng metal (lembar) 41; Pipa PVC 3 inci (batang) 94;
            Paku campur (kg) 21; Kayu lapis 9 mm 168; Pasir pasang per m3 310; Bata ringan per m3
            690""",
        "vehicles": """Aki mobil 65 Ah 1120; Ban mobil 185/65 R15 760; Oli mesin 4 liter 310; Kampas
            rem depan 285; Sepeda motor 125 cc 21400; Lampu sein LED 145; Filter oli 58; Servis
            berkala 10.000 km 940; Kunci roda silang 126; Dongkrak hidrolik 3 ton 870""",
        "services": """Jasa kebersihan per orang per bulan 4350; Jasa satuan pengamanan per orang
            per bulan 4680; Jasa pengendalian hama per kunjungan 1250; Jasa perawatan pendingin
            ruangan 185; Jasa pertamanan per bulan 3900; Jasa cuci gorden per meter 24; Jasa
            pengemudi per hari 275; Jasa angkut sampah per bulan 1480; Jasa cuci karpet per meter
            18; Jasa perawatan lift per bulan 2640""",
    }
)


def products() -> list[tuple[str, str, int]]:
    """Category, name and price in rupiah of everything that is offered."""
    found = []
    for category, listed in _LISTED.items():
        for one in " ".join(listed.split()).split("; "):
            name, _, thousands = one.rpartition(" ")
            found.append((category, name, int(thousands) * 1000))
    return found

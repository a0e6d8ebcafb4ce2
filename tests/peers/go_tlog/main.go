// A second verifier of bundles, by Go's own packages for transparent logs: it shares no code and
// no author with the first. Exit code 0: whole; 1: a sentence on stdout says what is wrong.
//
//	go_tlog BUNDLE POLICY [KEPT ...]
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const longest = 1 << 20

// store keeps every hash of the tree in memory, as tlog numbers them.
type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, 0, len(indexes))
	for _, index := range indexes {
		if index >= int64(len(s)) {
			return nil, errors.New("the log is shorter than what was signed")
		}
		found = append(found, s[index])
	}
	return found, nil
}

// cosigner checks cosignature/v1 of C2SP tlog-cosignature: the time stands before the signature.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	said := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
	return ed25519.Verify(c.key, said, signature[8:])
}

func witness(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("not the key of a witness")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("the id of the key is not its own")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), raw[1:]}, nil
}

type policy struct {
	logs      map[string]bool
	witnesses map[string]bool
	verifiers []note.Verifier
	demanded  bool
}

func readPolicy(path string) (*policy, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	found := &policy{logs: map[string]bool{}, witnesses: map[string]bool{}}
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "log":
			verifier, err := note.NewVerifier(words[1])
			if err != nil {
				return nil, err
			}
			found.logs[verifier.Name()] = true
			found.verifiers = append(found.verifiers, verifier)
		case len(words) >= 3 && words[0] == "witness":
			verifier, err := witness(words[2])
			if err != nil {
				return nil, err
			}
			found.witnesses[verifier.Name()] = true
			found.verifiers = append(found.verifiers, verifier)
		case len(words) == 2 && words[0] == "quorum":
			found.demanded = words[1] != "none"
		}
	}
	return found, nil
}

type checkpoint struct {
	where     string
	tree      tlog.Tree
	witnessed bool
}

func (p *policy) open(where, text string) (*checkpoint, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(p.verifiers...))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || !p.logs[lines[0]] {
		return nil, fmt.Errorf("%s: not a checkpoint of this log", where)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	found := &checkpoint{where: where, tree: tlog.Tree{N: size, Hash: hash}}
	signed := false
	for _, signature := range opened.Sigs {
		signed = signed || signature.Name == lines[0]
		found.witnessed = found.witnessed || p.witnesses[signature.Name]
	}
	if !signed {
		return nil, fmt.Errorf("%s: not signed by the log", where)
	}
	return found, nil
}

func readTree(bundle string) (store, int64, error) {
	names, err := filepath.Glob(filepath.Join(bundle, "leaves", "*.jsonl"))
	if err != nil {
		return nil, 0, err
	}
	sort.Strings(names)
	var hashes store
	var size int64
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return nil, 0, err
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(make([]byte, longest), longest)
		for lines.Scan() {
			if len(lines.Bytes()) == 0 {
				return nil, 0, fmt.Errorf("the entry at number %d is missing", size)
			}
			added, err := tlog.StoredHashes(size, append([]byte(nil), lines.Bytes()...), hashes)
			if err != nil {
				return nil, 0, err
			}
			hashes = append(hashes, added...)
			size++
		}
		file.Close()
		if err := lines.Err(); err != nil {
			return nil, 0, err
		}
	}
	return hashes, size, nil
}

func readCheckpoints(bundle string, kept []string, p *policy) ([]*checkpoint, error) {
	file, err := os.Open(filepath.Join(bundle, "checkpoints.jsonl"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var found []*checkpoint
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, longest), longest)
	for lines.Scan() {
		var row struct {
			Number int64  `json:"number"`
			Note   string `json:"note"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, err
		}
		if row.Number != int64(len(found)+1) {
			return nil, fmt.Errorf("checkpoint %d does not follow the one before it", row.Number)
		}
		opened, err := p.open(fmt.Sprintf("checkpoint %d", row.Number), row.Note)
		if err != nil {
			return nil, err
		}
		found = append(found, opened)
	}
	for _, path := range kept {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		opened, err := p.open(filepath.Base(path), string(text))
		if err != nil {
			return nil, err
		}
		found = append(found, opened)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].tree.N < found[j].tree.N })
	return found, lines.Err()
}

// prove checks the root of each checkpoint, that each continues the one before, and that its
// first, middle and last entries are included.
func prove(hashes store, size int64, all []*checkpoint) error {
	var before *checkpoint
	for _, one := range all {
		if one.tree.N > size {
			return fmt.Errorf("%s: signed over %d entries, %d are here", one.where, one.tree.N, size)
		}
		root, err := tlog.TreeHash(one.tree.N, hashes)
		if err != nil {
			return err
		}
		if root != one.tree.Hash {
			return fmt.Errorf("%s: the root is another one", one.where)
		}
		if err := included(hashes, one); err != nil {
			return err
		}
		if before != nil && before.tree.N < one.tree.N {
			proof, err := tlog.ProveTree(one.tree.N, before.tree.N, hashes)
			if err != nil {
				return err
			}
			err = tlog.CheckTree(proof, one.tree.N, one.tree.Hash, before.tree.N, before.tree.Hash)
			if err != nil {
				return fmt.Errorf("%s: %w", one.where, err)
			}
		}
		before = one
	}
	return nil
}

func included(hashes store, one *checkpoint) error {
	if one.tree.N == 0 {
		return nil
	}
	for _, number := range []int64{0, one.tree.N / 2, one.tree.N - 1} {
		proof, err := tlog.ProveRecord(one.tree.N, number, hashes)
		if err != nil {
			return err
		}
		leaf := hashes[tlog.StoredHashIndex(0, number)]
		if err := tlog.CheckRecord(proof, one.tree.N, one.tree.Hash, number, leaf); err != nil {
			return fmt.Errorf("%s, number %d: %w", one.where, number, err)
		}
	}
	return nil
}

func run(bundle, policyFile string, kept []string) (string, error) {
	p, err := readPolicy(policyFile)
	if err != nil {
		return "", err
	}
	hashes, size, err := readTree(bundle)
	if err != nil {
		return "", err
	}
	all, err := readCheckpoints(bundle, kept, p)
	if err != nil {
		return "", err
	}
	if err := prove(hashes, size, all); err != nil {
		return "", err
	}
	witnessed := 0
	for _, one := range all {
		if one.witnessed {
			witnessed++
		}
	}
	if p.demanded && len(all) > 0 && witnessed == 0 {
		return "", errors.New("no witness has signed anything of this")
	}
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(root[:]), nil
}

func main() {
	if len(os.Args) < 3 {
		fmt.Println("go_tlog BUNDLE POLICY [KEPT ...]")
		os.Exit(2)
	}
	root, err := run(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(root)
}

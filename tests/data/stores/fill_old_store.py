#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes versionN.sqlite with the command-line program of an earlier commit; see README.md beside this file.

Usage: fill_old_store.py PROGRAM VERSION OUT
PROGRAM is the simclr of that commit, VERSION what its databases say in PRAGMA user_version.
"""

import contextlib
import json
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

SIDE = 16
SETTINGS = {"width": 0.0625, "image_size": SIDE, "batch": 8, "head_output": 16, "epochs": 2, "seed": 1,
            "precision": "fp32", "threads": 1, "loader_threads": 1, "evaluate_every": 1, "checkpoint_every": 2,
            "optimiser": "sgd", "learning_rate": 0.24, "learning_rate_scaling": "none", "warmup_epochs": 1}


def png(pixels):
    """Rows of RGB bytes as a file."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + bytes(row) for row in pixels)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def write_images(folder, seed, train=24, test=4):
    """Two classes, stripes along or across, under so much noise that not every image is recognised."""
    draws = random.Random(seed)
    for split, count in (("train", train), ("test", test)):
        for name in ("across", "along"):
            target = folder / split / name
            target.mkdir(parents=True, exist_ok=True)
            for i in range(count):
                period, phase = draws.choice((4, 6, 8)), draws.randrange(8)
                strength = draws.choice((20, 60, 110))
                rows = []
                for y in range(SIDE):
                    row = []
                    for x in range(SIDE):
                        at = (x if name == "along" else y) + phase
                        level = strength if at % period < period // 2 else -strength
                        row += [max(0, min(255, 128 + level + draws.randrange(-60, 61))) for _ in range(3)]
                    rows.append(row)
                (target / f"{i:02}.png").write_bytes(png(rows))


class Maker:
    def __init__(self, program, version, folder):
        self.program = Path(program).resolve()
        self.version = version
        self.folder = folder
        self.db = folder / f"version{version}.sqlite"
        self.images = folder / "images"
        write_images(self.images, 1)
        write_images(folder / "others", 2)

    def start(self, *arguments):
        return subprocess.Popen([self.program, *map(str, arguments), "--db", self.db.name], cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def call(self, *arguments, expect=0):
        process = self.start(*arguments)
        out, complaints = process.communicate()
        if process.returncode != expect:
            sys.exit(f"{arguments}: exit status {process.returncode}\n{out}{complaints}")
        print("simclr", *arguments, flush=True)
        return out

    def sql(self, text, *values):
        with contextlib.closing(sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)) as database:
            return database.execute(text, values).fetchall()

    def last_run(self):
        return self.sql("SELECT MAX(id) FROM runs")[0][0]

    def settings(self, changes):
        return [word for key, value in (SETTINGS | changes).items() for word in ("--set", f"{key}={value}")]

    def train(self, name, expect=0, **changes):
        self.call("train", "--data", self.images, "--name", name, *self.settings(changes), expect=expect)
        return self.last_run()

    def stop_soon(self, process, how=signal.SIGINT, epochs=3):
        """After some epochs of this process."""
        seen = 0
        for line in process.stderr:
            seen += line.startswith("epoch ") or " epoch " in line
            if seen >= epochs:
                break
        time.sleep(random.random() / 20)
        process.send_signal(how)
        out, complaints = process.communicate()
        return process.returncode, out + complaints

    def begin(self, name, how=signal.SIGINT, **changes):
        process = self.start("train", "--data", self.images, "--name", name,
                             *self.settings({"epochs": 3000, "evaluate_every": 0} | changes))
        print("begin", name, how.name, *self.stop_soon(process, how)[:1], flush=True)
        return self.last_run()

    def go_on(self, run, *arguments):
        process = self.start("resume", run, *arguments)
        print("resume", run, *arguments, self.stop_soon(process)[0], flush=True)

    def step(self, run):
        return self.sql("SELECT MAX(step) FROM artifacts WHERE run = ?", run)[0][0]

    def steps_per_epoch(self, run):
        return self.sql("SELECT total_steps / total_epochs FROM runs WHERE id = ?", run)[0][0]

    def stop_within_epoch(self, run):
        while self.step(run) % self.steps_per_epoch(run) == 0:
            self.go_on(run)

    def stop_at_end_of_epoch(self, run):
        for _ in range(40):
            if self.step(run) % self.steps_per_epoch(run) == 0:
                return
            self.go_on(run)

    def change_images(self, seed):
        shutil.rmtree(self.images)
        write_images(self.images, seed)

    def evaluate(self, run, *arguments):
        self.call("eval", run, *arguments)

    # What the versions can measure

    def evaluate_usual(self, run):
        for split in ("validation", "test"):
            self.evaluate(run, "--split", split)

    def evaluate_everything(self, run, each_option):
        """Protocols, features, shares of the labels, seeds, options and other images."""
        self.evaluate_usual(run)
        if self.version < 2:
            return
        self.evaluate(run, "--protocol", "all", "--set", "epochs=2")
        self.evaluate(run, "--protocol", "all", "--set", "epochs=2", "--labels", "25", "--seed", "3")
        self.evaluate(run, "--protocol", "all", "--set", "epochs=2", "--features", "z")
        self.evaluate(run, "--protocol", "linear,knn,linear-sgd", "--set", "epochs=2", "--split", "validation",
                      "--labels", "12.5", "--features", "z")
        self.evaluate(run, "--protocol", "fine-tune", "--seed", "5", "--set", "epochs=2")
        self.evaluate(run, "--protocol", "supervised", "--seed", "5", "--set", "epochs=1", "--split", "validation")
        several = ["batch=8", "learning_rate=0.2", "weight_decay=0.001", "momentum=0.8", "color_strength=0.5"]
        single = [[one] for one in [*several, "weight_decay=1e-05"]] if each_option else []
        for overrides in [[], several, *single]:
            words = [word for one in ["epochs=3", *overrides] for word in ("--set", one)]
            self.evaluate(run, "--protocol", "linear-sgd", *words)
        self.evaluate(run, "--protocol", "supervised", "--set", "epochs=2", "--set", "weight_decay=0")
        self.evaluate(run, "--protocol", "linear-sgd,linear")  # as usual
        self.evaluate(run, "--transfer", "--data", "others", "--split", "validation", "--protocol", "linear")
        self.evaluate(run, "--transfer", "--data", "others", "--protocol", "linear,knn,linear-sgd,fine-tune",
                      "--set", "epochs=2")
        self.evaluate(run, "--transfer", "--data", "others", "--protocol", "linear,linear-sgd", "--set",
                      "epochs=2", "--features", "z", "--labels", "25", "--seed", "3")

    def evaluate_some(self, run):
        self.evaluate_usual(run)
        if self.version >= 2:
            self.evaluate(run, "--protocol", "linear-sgd,supervised", "--set", "epochs=2")
            self.evaluate(run, "--transfer", "--data", "others", "--protocol", "linear")

    def fill(self):
        everything = self.train("plain")
        self.evaluate_everything(everything, True)
        # The other one of each of McNemar's pairs; its own validation results learn from few images.
        self.evaluate_everything(self.train("few", seed=2, evaluation_images=8), False)

        within = self.begin("within an epoch")
        self.stop_within_epoch(within)
        self.evaluate_usual(within)
        self.go_on(within)
        self.stop_within_epoch(within)
        self.evaluate_some(within)
        end = self.begin("at the end of an epoch", batch=22)
        self.stop_at_end_of_epoch(end)
        self.evaluate_usual(end)

        # At ends of epochs: to resume deletes what was measured within one.
        changed = self.begin("changed images", batch=22)
        self.stop_at_end_of_epoch(changed)
        self.evaluate_some(changed)
        for seed in (3, 4):
            self.change_images(seed)
            self.go_on(changed, "--allow-changed-images")
            self.stop_at_end_of_epoch(changed)
            self.evaluate_some(changed)
        first = self.folder / "first" / "images"  # what the run began with, now other images
        write_images(first, 1)
        if self.version >= 2:
            self.evaluate(changed, "--transfer", "--data", first, "--protocol", "linear,knn")
        self.change_images(1)

        self.begin("killed", signal.SIGKILL)
        self.train("diverged", expect=1, epochs=40, learning_rate=100, weight_decay=1, evaluate_every=0)
        self.call("export", everything, "--format", "safetensors", "--out", "encoder.safetensors")
        self.call("import-weights", "encoder.safetensors", "--data", self.images, "--set", f"image_size={SIDE}",
                  "--set", "precision=fp32", "--name", "imported")
        self.evaluate_some(self.last_run())
        self.train("from weights", initial_weights="encoder.safetensors", epochs=1)
        self.call("runs")  # what was killed is marked

    def tell(self):
        """What the old program reads there: what tst_old_stores expects."""
        tests = [row.get("mcnemar") for row in json.loads(self.call("compare", 1, 2, "--json"))["results"]]
        tests = [test for test in tests if test]
        return {"version": self.version, "runs": self.sql("SELECT COUNT(*) FROM runs")[0][0],
                "results": self.sql("SELECT COUNT(*) FROM results")[0][0], "pairs of runs 1 and 2": len(tests),
                "only run 1 right": sum(test["first_only_right"] for test in tests),
                "only run 2 right": sum(test["second_only_right"] for test in tests)}

    def keep_little(self, out):
        """Few points of each curve, no paths of this machine; by SQLite itself, not by any program of ours."""
        database = sqlite3.connect(self.db, isolation_level=None)
        assert database.execute("PRAGMA user_version").fetchone()[0] == self.version
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("DELETE FROM metrics WHERE step NOT IN (SELECT step FROM metrics m WHERE m.run = "
                         "metrics.run AND m.metric = metrics.metric ORDER BY step LIMIT 1)")
        # All details of ten results; of the others what programs read.
        database.execute("UPDATE results SET detail = json_remove(detail, '$.l2_grid', '$.l2_accuracies', "
                         "'$.max_iterations', '$.l2_chosen_on', '$.solver', '$.feature_seconds', '$.seconds', "
                         "'$.precision', '$.epochs', '$.batch', '$.peak_learning_rate', '$.weight_decay', "
                         "'$.momentum', '$.color_strength', '$.seed', '$.steps', '$.neighbours', '$.temperature') "
                         "WHERE id > 10 AND json_valid(detail)")
        database.execute("UPDATE runs SET process_number = 1, process_start = 1, process_boot = 'boot'")
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND "
                                                     "name NOT LIKE 'sqlite_%'")]
        for table in tables:
            for _, column, kind, *_ in database.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "TEXT":
                    database.execute(f"UPDATE {table} SET {column} = replace({column}, ?, '/data')",
                                     (str(self.folder),))
        database.execute("PRAGMA page_size = 1024")
        database.execute("VACUUM")
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA user_version").fetchone()[0] == self.version
        database.close()
        shutil.copyfile(self.db, out)


def main():
    program, version, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]).resolve()
    with tempfile.TemporaryDirectory(prefix="old-store-") as folder:
        maker = Maker(program, version, Path(folder).resolve())
        maker.fill()
        told = maker.tell()
        maker.keep_little(out)
    print(json.dumps(told))


if __name__ == "__main__":
    main()

// SPDX-License-Identifier: GPL-3.0-or-later
// The program of a target that exists for its precompiled header alone.
int main() {
    return 0;
}

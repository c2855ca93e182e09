// SPDX-License-Identifier: GPL-3.0-or-later
// The program of a target that exists only for its precompiled header.
int main() {
    return 0;
}

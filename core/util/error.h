// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace simclr {

/// Base of everything core throws. what() is one clear sentence for the user, with the object and the cause.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The user's input is invalid or cannot be read: options, pipelines, datasets, images.
class InvalidInput : public Error {
  public:
    using Error::Error;
};

/// The images differ from those that a run started with.
class ImagesChanged : public InvalidInput {
  public:
    using InvalidInput::InvalidInput;
};

/// A file or folder cannot be read or written.
class IoError : public Error {
  public:
    using Error::Error;
};

/// A signal interrupted a wait that might never end.
class Interrupted : public IoError {
  public:
    using IoError::IoError;
};

/// The run database is damaged, of another kind, newer, locked or full.
class StorageError : public Error {
  public:
    using Error::Error;
};

/// Another program has locked the run database; this may be temporary.
class DatabaseLocked : public StorageError {
  public:
    using StorageError::StorageError;
};

/// The compute device is missing, out of memory or failed.
class DeviceError : public Error {
  public:
    using Error::Error;
};

/// A computation with valid input failed: out of memory, or a loss was not finite.
class ComputationError : public Error {
  public:
    using Error::Error;
};

} // namespace simclr

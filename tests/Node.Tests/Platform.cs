using System.Runtime.Versioning;

// File modes are Unix's.
[assembly: UnsupportedOSPlatform("windows")]

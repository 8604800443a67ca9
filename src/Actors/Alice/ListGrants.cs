namespace NuCypher.P2P.Actors.Alice;

/// <summary>To Alice: what did you grant? Answered with <see cref="GrantsListed"/>.</summary>
public sealed record ListGrants;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>What a session wants to happen; carried out by whoever hosts it.</summary>
public abstract record SessionEffect;
